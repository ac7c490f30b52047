import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';

interface Options {
  /** Paths of probes: logged at debug only. */
  quiet: ReadonlySet<string>;
}

const SAFE_ID = /^[\w.-]{1,128}$/;

/** Fastify gives each request a logger that adds this id to each line. */
export function requestIdOf(request: IncomingMessage): string {
  const id = request.headers['x-request-id'];
  return typeof id === 'string' && SAFE_ID.test(id) ? id : randomUUID();
}

/** Logs each request once, when it is over, and tells the client its id. */
export const requestContext = fp<Options>(async (app, { quiet }) => {
  app.addHook('onRequest', async (request, reply) => observe(request, reply, quiet));
});

export function observe(
  request: FastifyRequest,
  reply: FastifyReply,
  quiet: ReadonlySet<string>,
): void {
  const start = performance.now();
  const { method, url, log } = request;
  const path = url.replace(/[?#].*/s, '');
  reply.header('x-request-id', request.id);

  // `close` also comes when the client went away before the answer.
  reply.raw.once('close', () => {
    const status = reply.statusCode;
    const level = quiet.has(path) ? 'debug' : status >= 500 ? 'error' : 'info';
    const durationMs = Math.round(performance.now() - start);
    log[level]({ method, path, status, durationMs }, 'Request completed');
  });
}
