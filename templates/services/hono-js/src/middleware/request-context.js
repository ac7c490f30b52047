import { randomUUID } from 'node:crypto';
import { createMiddleware } from 'hono/factory';

/** @import { Logger } from 'pino' */

/**
 * @typedef {object} Variables
 * @property {Logger} log - Adds the request's id to each line.
 */

/**
 * @typedef {object} Env
 * @property {Variables} Variables
 */

const SAFE_ID = /^[\w.-]{1,128}$/;

/**
 * Gives each request an id and a logger, and logs it once, when it is answered. The paths in `quiet`
 * are probes: debug only.
 * @param {Logger} logger
 * @param {ReadonlySet<string>} quiet
 */
export function requestContext(logger, quiet) {
  return createMiddleware(async (c, next) => {
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

/** @param {string | undefined} id */
function acceptId(id) {
  return id !== undefined && SAFE_ID.test(id) ? id : randomUUID();
}
