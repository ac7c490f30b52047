import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Logger } from '../logger.ts';

declare global {
  namespace Express {
    interface Locals {
      /** Adds the request's id to each line. */
      log: Logger;
    }
  }
}

const SAFE_ID = /^[\w.-]{1,128}$/;

/**
 * Gives each request an id and a logger, and logs it once, when it is over. The paths in `quiet`
 * are probes: debug only.
 */
export function requestContext(logger: Logger, quiet: ReadonlySet<string>): RequestHandler {
  return (request, response, next) => {
    const start = performance.now();
    const { method, path } = request; // routers rewrite these later
    const requestId = acceptId(request.get('x-request-id'));
    const log = logger.child({ requestId });
    response.locals.log = log;
    response.set('x-request-id', requestId);

    // `close` also comes when the client went away before the answer.
    response.once('close', () => {
      const status = response.statusCode;
      const level = quiet.has(path) ? 'debug' : status >= 500 ? 'error' : 'info';
      const durationMs = Math.round(performance.now() - start);
      log[level]({ method, path, status, durationMs }, 'Request completed');
    });
    next();
  };
}

function acceptId(id: string | undefined): string {
  return id !== undefined && SAFE_ID.test(id) ? id : randomUUID();
}
