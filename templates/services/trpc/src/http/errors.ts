import { TRPCError } from '@trpc/server';
import { HttpError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { Reply } from './reply.ts';

/** The one place where errors become responses, outside of /trpc/. */
export function errorReply(error: unknown, log: Logger): Reply {
  const { status, code, message, cause } = toHttpError(error);
  if (status >= 500) log.error({ err: cause ?? error }, message);
  return { status, body: { error: { code, message } } };
}

/** Anything that is not known to be the client's fault is a 500 and keeps its details to the log. */
function toHttpError(error: unknown): HttpError {
  if (error instanceof HttpError) return error;
  if (error instanceof TRPCError) {
    if (error.cause instanceof HttpError) return error.cause;
    if (error.code === 'BAD_REQUEST') {
      return new HttpError(400, 'invalid_body', 'The body does not fit this endpoint');
    }
  }
  const cause = error instanceof TRPCError ? error.cause : error;
  return new HttpError(500, 'internal_error', 'Internal server error', { cause });
}
