import { createServer } from 'node:http';
import { errorReply } from './http/errors.ts';
import { send } from './http/reply.ts';
import { requestContext } from './http/request-context.ts';
import { createRouter } from './http/router.ts';
import type { Logger } from './logger.ts';
import { healthRoutes } from './routes/health.ts';
import { type Counter, hitRoutes } from './routes/hits.ts';
import { itemRoutes } from './routes/items.ts';
import { type Adapter, serveSockets } from './sockets/server.ts';
import type { ItemStore } from './stores/items.ts';
import type { Store } from './stores/store.ts';

export interface Dependencies {
  service: string;
  healthcheckPath: string;
  logger: Logger;
  stores: { postgres: Store; redis: Store };
  items: ItemStore;
  counter: Counter;
  adapter: Adapter | undefined;
}

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

/** HTTP and sockets. What they talk to is passed in, so that tests need no database. */
export function createApp(dependencies: Dependencies) {
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
