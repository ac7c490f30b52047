import { STATUS_CODES } from 'node:http';
import { HttpError } from '../errors.js';

/** @import { ErrorRequestHandler, RequestHandler } from 'express' */

/** @type {RequestHandler} */
export const notFound = () => {
  throw new HttpError(404, 'not_found', 'No such endpoint');
};

/**
 * The one place where errors become responses. Express knows an error handler by its four parameters.
 * @type {ErrorRequestHandler}
 */
export const errorHandler = (error, _request, response, next) => {
  if (response.headersSent) return next(error);
  const { status, code, message, cause } = toHttpError(error);
  if (status >= 500) response.locals.log.error({ err: cause ?? error }, message);
  response.status(status).json({ error: { code, message } });
};

/**
 * Anything that is not known to be the client's fault is a 500 and keeps its details to the log.
 * @param {unknown} error
 */
function toHttpError(error) {
  if (error instanceof HttpError) return error;
  if (isClientError(error)) {
    if (error.type === 'entity.parse.failed') {
      return new HttpError(400, 'invalid_json', 'The body is not valid JSON');
    }
    const reason = STATUS_CODES[error.status] ?? 'Bad Request';
    return new HttpError(error.status, reason.toLowerCase().replaceAll(' ', '_'), reason);
  }
  return new HttpError(500, 'internal_error', 'Internal server error');
}

/**
 * What Express (a URIError) and its body parser (fit to be exposed) throw for bad requests.
 * @param {unknown} error
 * @returns {error is { status: number, type?: string }}
 */
function isClientError(error) {
  if (!(error instanceof Error && 'status' in error)) return false;
  return error instanceof URIError || ('expose' in error && error.expose === true);
}
