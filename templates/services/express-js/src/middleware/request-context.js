import { randomUUID } from 'node:crypto';

/** @import { Logger } from 'pino' */

const SAFE_ID = /^[\w.-]{1,128}$/;

/**
 * Gives each request an id and a logger, and logs it once, when it is over. The paths in `quiet`
 * are probes: debug only.
 * @param {Logger} logger
 * @param {ReadonlySet<string>} quiet
 */
export function requestContext(logger, quiet) {
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

/** @param {string | undefined} id */
function acceptId(id) {
  return id !== undefined && SAFE_ID.test(id) ? id : randomUUID();
}
