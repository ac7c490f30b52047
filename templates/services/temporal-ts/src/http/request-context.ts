import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from '../logger.ts';

export interface RequestContext {
  request: IncomingMessage;
  /** Of the URL, without the query. */
  path: string;
  requestId: string;
  /** Adds the request's id to each line. */
  log: Logger;
}

const SAFE_ID = /^[\w.-]{1,128}$/;

/**
 * Gives each request an id and a logger, and logs it once, when it is over. The paths in `quiet`
 * are probes: debug only.
 */
export function requestContext(logger: Logger, quiet: ReadonlySet<string>) {
  return (request: IncomingMessage, response: ServerResponse): RequestContext => {
    const start = performance.now();
    const { method, url = '/' } = request;
    const path = url.replace(/[?#].*/s, '');
    const requestId = acceptId(request.headers['x-request-id']);
    const log = logger.child({ requestId });
    response.setHeader('x-request-id', requestId);

    // `close` also comes when the client went away before the answer.
    response.once('close', () => {
      const status = response.statusCode;
      const level = quiet.has(path) ? 'debug' : status >= 500 ? 'error' : 'info';
      const durationMs = Math.round(performance.now() - start);
      log[level]({ method, path, status, durationMs }, 'Request completed');
    });
    return { request, path, requestId, log };
  };
}

function acceptId(id: string | string[] | undefined): string {
  return typeof id === 'string' && SAFE_ID.test(id) ? id : randomUUID();
}
