import type { RequestListener } from 'node:http';
import { errorReply } from './http/errors.ts';
import { send } from './http/reply.ts';
import { requestContext } from './http/request-context.ts';
import { createRouter } from './http/router.ts';
import type { Logger } from './logger.ts';
import { healthRoutes } from './routes/health.ts';
import { restRoutes } from './routes/rest.ts';
import type { ItemStore } from './stores/items.ts';
import type { Store } from './stores/store.ts';
import { TRPC_PREFIX, trpcHandler } from './trpc/handler.ts';
import type { Counter } from './trpc/trpc.ts';

export interface Dependencies {
  service: string;
  healthcheckPath: string;
  logger: Logger;
  stores: { postgres: Store; redis: Store };
  items: ItemStore;
  counter: Counter;
}

const ENDPOINTS = [
  'GET /health',
  'GET /ready',
  'GET /items',
  'POST /items',
  'POST /hits',
  'GET /trpc/items.list',
  'POST /trpc/items.create',
  'POST /trpc/hits.increment',
];

/** The whole HTTP side. What it talks to is passed in, so that tests need no database. */
export function createApp(dependencies: Dependencies): RequestListener {
  const { service, healthcheckPath, logger, stores, items, counter } = dependencies;
  const healthPaths = [...new Set(['/health', healthcheckPath])];
  const openContext = requestContext(logger, new Set([...healthPaths, '/ready']));
  const route = createRouter([
    { method: 'GET', path: '/', handle: () => ({ body: { service, endpoints: ENDPOINTS } }) },
    ...restRoutes({ items, counter }),
    ...healthRoutes({ service, paths: healthPaths, stores }),
  ]);

  const handleTrpc = trpcHandler({ items, counter });

  return async (request, response) => {
    const context = openContext(request, response);
    if (context.path.startsWith(TRPC_PREFIX)) return handleTrpc(context, response);
    try {
      send(response, await route(context));
    } catch (error) {
      send(response, errorReply(error, context.log));
    }
  };
}
