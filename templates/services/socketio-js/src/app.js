import { createServer } from 'node:http';
import { errorReply } from './http/errors.js';
import { send } from './http/reply.js';
import { requestContext } from './http/request-context.js';
import { createRouter } from './http/router.js';
import { healthRoutes } from './routes/health.js';
import { hitRoutes } from './routes/hits.js';
import { itemRoutes } from './routes/items.js';
import { serveSockets } from './sockets/server.js';

/**
 * @import { Logger } from 'pino'
 * @import { Counter } from './routes/hits.js'
 * @import { Adapter } from './sockets/server.js'
 * @import { ItemStore } from './stores/items.js'
 * @import { Store } from './stores/store.js'
 */

/**
 * @typedef {object} Dependencies
 * @property {string} service
 * @property {string} healthcheckPath
 * @property {Logger} logger
 * @property {{ postgres: Store, redis: Store }} stores
 * @property {ItemStore} items
 * @property {Counter} counter
 * @property {Adapter | undefined} adapter
 */

/** Longer than the proxy's, so that the service never closes a connection that is just being reused. */
const KEEP_ALIVE_MS = 75_000;
const ENDPOINTS = [
  'GET /health',
  'GET /ready',
  'GET /items',
  'POST /items',
  'POST /hits',
  'GET /socket.io/',
];

/**
 * HTTP and sockets. What they talk to is passed in, so that tests need no database.
 * @param {Dependencies} dependencies
 */
export function createApp(dependencies) {
  const { service, healthcheckPath, logger, stores, counter, adapter } = dependencies;
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, async (request, response) => {
    const context = openContext(request, response);
    try {
      send(response, await route(context));
    } catch (error) {
      send(response, errorReply(error, context.log));
    }
  });
  const { io, items } = serveSockets(server, { logger, items: dependencies.items, adapter });

  const healthPaths = [...new Set(['/health', healthcheckPath])];
  const openContext = requestContext(logger, new Set([...healthPaths, '/ready']));
  const route = createRouter([
    { method: 'GET', path: '/', handle: () => ({ body: { service, endpoints: ENDPOINTS } }) },
    ...itemRoutes(items),
    ...hitRoutes(counter),
    ...healthRoutes({ service, paths: healthPaths, stores }),
  ]);
  return { server, io };
}
