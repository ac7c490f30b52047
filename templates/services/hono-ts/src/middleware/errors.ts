import { STATUS_CODES } from 'node:http';
import type { ErrorHandler, NotFoundHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { HttpError } from '../errors.ts';
import type { Env } from './request-context.ts';

export const notFound: NotFoundHandler<Env> = () => {
  throw new HttpError(404, 'not_found', 'No such endpoint');
};

/** The one place where errors become responses. */
export const onError: ErrorHandler<Env> = (error, c) => {
  const { status, code, message, cause } = toHttpError(error);
  if (status >= 500) c.get('log').error({ err: cause ?? error }, message);
  return c.json({ error: { code, message } }, status as ContentfulStatusCode);
};

/** What Hono's validator says, by which alone it can be told from other exceptions. */
const MALFORMED_JSON = 'Malformed JSON in request body';

/** Anything that is not known to be the client's fault is a 500 and keeps its details to the log. */
function toHttpError(error: Error): HttpError {
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
