import { randomUUID } from 'node:crypto';

/**
 * @import { IncomingMessage } from 'node:http'
 * @import { Logger } from 'pino'
 */

/**
 * @typedef {object} RequestContext
 * @property {IncomingMessage} request
 * @property {string} path - Of the URL, without the query.
 * @property {string} requestId
 * @property {Logger} log - Adds the request's id to each line.
 */

const SAFE_ID = /^[\w.-]{1,128}$/;

/**
 * Gives each request an id and a logger, and logs it once, when it is over. The paths in `quiet`
 * are probes: debug only.
 * @param {Logger} logger
 * @param {ReadonlySet<string>} quiet
 */
export function requestContext(logger, quiet) {
  return (request, response) => {
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

/** @param {string | string[] | undefined} id */
function acceptId(id) {
  return typeof id === 'string' && SAFE_ID.test(id) ? id : randomUUID();
}
