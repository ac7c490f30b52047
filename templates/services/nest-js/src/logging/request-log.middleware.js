import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { requestContext } from './request-context.js';

/** @import { RequestHandler } from 'express' */

const SAFE_ID = /^[\w.-]{1,128}$/;

/**
 * Gives each request an id, which its log lines carry, and logs it once, when it is over. The paths
 * in `quiet` are probes: debug only.
 * @param {ReadonlySet<string>} quiet
 * @returns {RequestHandler}
 */
export function requestLog(quiet) {
  const logger = new Logger('Http');

  return (request, response, next) => {
    const start = performance.now();
    const { method, path } = request; // routers rewrite these later
    const requestId = acceptId(request.get('x-request-id'));
    response.set('x-request-id', requestId);

    const complete = () => {
      const status = response.statusCode;
      const level = quiet.has(path) ? 'debug' : status >= 500 ? 'error' : 'log';
      const durationMs = Math.round(performance.now() - start);
      logger[level]('Request completed', { method, path, status, durationMs });
    };

    requestContext.run({ requestId }, () => {
      // `close` also comes when the client went away before the answer.
      response.once('close', AsyncLocalStorage.bind(complete));
      next();
    });
  };
}

/** @param {string | undefined} id */
function acceptId(id) {
  return id !== undefined && SAFE_ID.test(id) ? id : randomUUID();
}
