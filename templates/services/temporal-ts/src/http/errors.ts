import { HttpError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { Reply } from './reply.ts';

/**
 * The one place where errors become responses. Anything that is not known to be the client's fault
 * is a 500 and keeps its details to the log.
 */
export function errorReply(error: unknown, log: Logger): Reply {
  const { status, code, message, cause } =
    error instanceof HttpError
      ? error
      : new HttpError(500, 'internal_error', 'Internal server error', { cause: error });
  if (status >= 500) log.error({ err: cause }, message);
  return { status, body: { error: { code, message } } };
}
