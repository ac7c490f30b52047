import { HttpError } from '../errors.ts';
import type { Logger } from '../logger.ts';

/**
 * The one place where errors become responses. Anything that is not known to be the client's fault
 * is a 500 and keeps its details to the log.
 */
export function responseTo(error: unknown, log: Logger): Response {
  const { status, code, message, cause } =
    error instanceof HttpError
      ? error
      : new HttpError(500, 'internal_error', 'Internal server error', { cause: error });
  if (status >= 500) log.error(message, { err: cause });
  return errorResponse(status, code, message);
}

export function errorResponse(status: number, code: string, message: string): Response {
  return Response.json({ error: { code, message } }, { status });
}
