import { STATUS_CODES } from 'node:http';
import { HTTPException } from 'hono/http-exception';
import { HttpError } from '../errors.js';

/**
 * @import { ErrorHandler, NotFoundHandler } from 'hono'
 * @import { Env } from './request-context.js'
 */

/** @type {NotFoundHandler<Env>} */
export const notFound = () => {
  throw new HttpError(404, 'not_found', 'No such endpoint');
};

/**
 * The one place where errors become responses.
 * @type {ErrorHandler<Env>}
 */
export const onError = (error, c) => {
  const { status, code, message, cause } = toHttpError(error);
  if (status >= 500) c.get('log').error({ err: cause ?? error }, message);
  return c.json({ error: { code, message } }, status);
};

/** What Hono's validator says, by which alone it can be told from other exceptions. */
const MALFORMED_JSON = 'Malformed JSON in request body';

/**
 * Anything that is not known to be the client's fault is a 500 and keeps its details to the log.
 * @param {Error} error
 */
function toHttpError(error) {
  if (error instanceof HttpError) return error;
  if (error instanceof HTTPException && error.status < 500) {
    if (error.message === MALFORMED_JSON) {
      return new HttpError(400, 'invalid_json', 'The body is not valid JSON');
    }
    const reason = STATUS_CODES[error.status] ?? 'Bad Request';
    return new HttpError(error.status, reason.toLowerCase().replaceAll(' ', '_'), reason);
  }
  return new HttpError(500, 'internal_error', 'Internal server error');
}
