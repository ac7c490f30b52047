import { randomUUID } from 'node:crypto';
import fp from 'fastify-plugin';

/**
 * @import { IncomingMessage } from 'node:http'
 * @import { FastifyReply, FastifyRequest } from 'fastify'
 */

/**
 * @typedef {object} Options
 * @property {ReadonlySet<string>} quiet - Paths of probes: logged at debug only.
 */

const SAFE_ID = /^[\w.-]{1,128}$/;

/**
 * Fastify gives each request a logger that adds this id to each line.
 * @param {IncomingMessage} request
 */
export function requestIdOf(request) {
  const id = request.headers['x-request-id'];
  return typeof id === 'string' && SAFE_ID.test(id) ? id : randomUUID();
}

/** Logs each request once, when it is over, and tells the client its id. */
export const requestContext = fp(async (app, { quiet }) => {
  app.addHook('onRequest', async (request, reply) => observe(request, reply, quiet));
});

/**
 * @param {FastifyRequest} request
 * @param {FastifyReply} reply
 * @param {ReadonlySet<string>} quiet
 */
export function observe(request, reply, quiet) {
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
