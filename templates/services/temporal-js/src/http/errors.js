import { HttpError } from '../errors.js';

/** @import { Logger } from 'pino' */

/**
 * The one place where errors become responses. Anything that is not known to be the client's fault
 * is a 500 and keeps its details to the log.
 * @param {unknown} error
 * @param {Logger} log
 */
export function errorReply(error, log) {
  const { status, code, message, cause } =
    error instanceof HttpError
      ? error
      : new HttpError(500, 'internal_error', 'Internal server error', { cause: error });
  if (status >= 500) log.error({ err: cause }, message);
  return { status, body: { error: { code, message } } };
}
