import { STATUS_CODES } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { HttpError } from '../errors.ts';

/** The one place where errors become responses. */
export const errors = fp(async (app) => {
  app.setErrorHandler(sendError);
  app.setNotFoundHandler(() => {
    throw new HttpError(404, 'not_found', 'No such endpoint');
  });
});

export function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const { status, code, message, cause } = toHttpError(error);
  if (status >= 500) request.log.error({ err: cause ?? error }, message);
  // Fastify would close the connection on a client that is still sending, who then never sees why.
  if (status === 413) {
    reply.removeHeader('connection');
    request.raw.resume();
  }
  reply.status(status).send({ error: { code, message } });
}

/** Anything that is not known to be the client's fault is a 500 and keeps its details to the log. */
function toHttpError(error: unknown): HttpError {
  if (error instanceof HttpError) return error;
  if (isClientError(error)) {
    if ('validation' in error) return new HttpError(400, 'invalid_body', error.message);
    if (INVALID_JSON.has(error.code ?? '')) {
      return new HttpError(400, 'invalid_json', 'The body is not valid JSON');
    }
    const reason = STATUS_CODES[error.statusCode] ?? 'Bad Request';
    return new HttpError(error.statusCode, reason.toLowerCase().replaceAll(' ', '_'), reason);
  }
  return new HttpError(500, 'internal_error', 'Internal server error');
}

const INVALID_JSON = new Set(['FST_ERR_CTP_INVALID_JSON_BODY', 'FST_ERR_CTP_EMPTY_JSON_BODY']);

/** What Fastify throws for bad requests: validation, body parser, router. */
function isClientError(error: unknown): error is Error & { statusCode: number; code?: string } {
  if (!(error instanceof Error && 'statusCode' in error)) return false;
  return typeof error.statusCode === 'number' && error.statusCode >= 400 && error.statusCode < 500;
}
