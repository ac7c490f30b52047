import { randomUUID } from 'node:crypto';
import { createMiddleware } from 'hono/factory';
import type { Logger } from '../logger.ts';

interface Variables {
  /** Adds the request's id to each line. */
  log: Logger;
}

export interface Env {
  Variables: Variables;
}

const SAFE_ID = /^[\w.-]{1,128}$/;

/**
 * Gives each request an id and a logger, and logs it once, when it is answered. The paths in `quiet`
 * are probes: debug only.
 */
export function requestContext(logger: Logger, quiet: ReadonlySet<string>) {
  return createMiddleware<Env>(async (c, next) => {
    const start = performance.now();
    const { method, path } = c.req;
    const requestId = acceptId(c.req.header('x-request-id'));
    const log = logger.child({ requestId });
    c.set('log', log);

    await next(); // an error is a response by then
    c.header('x-request-id', requestId);
    const { status } = c.res;
    const level = quiet.has(path) ? 'debug' : status >= 500 ? 'error' : 'info';
    const durationMs = Math.round(performance.now() - start);
    log[level]({ method, path, status, durationMs }, 'Request completed');
  });
}

function acceptId(id: string | undefined): string {
  return id !== undefined && SAFE_ID.test(id) ? id : randomUUID();
}
