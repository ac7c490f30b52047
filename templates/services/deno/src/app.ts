import { responder } from './http/respond.ts';
import { createRouter } from './http/router.ts';
import type { Logger } from './logger.ts';
import { healthRoutes } from './routes/health.ts';
import { type Counter, hitRoutes } from './routes/hits.ts';
import { itemRoutes } from './routes/items.ts';
import type { ItemStore } from './stores/items.ts';
import type { Store } from './stores/store.ts';

export interface Dependencies {
  service: string;
  healthcheckPath: string;
  logger: Logger;
  stores: { postgres: Store; redis: Store };
  items: ItemStore;
  counter: Counter;
}

const ENDPOINTS = ['GET /health', 'GET /ready', 'GET /items', 'POST /items', 'POST /hits'];

/** The whole HTTP side, for Deno.serve. What it talks to is passed in, so that tests need no database. */
export function createApp(dependencies: Dependencies) {
  const { service, healthcheckPath, logger, stores, items, counter } = dependencies;
  const healthPaths = [...new Set(['/health', healthcheckPath])];
  const route = createRouter([
    {
      method: 'GET',
      path: '/',
      handle: () => Response.json({ service, endpoints: ENDPOINTS }),
    },
    ...itemRoutes(items),
    ...hitRoutes(counter),
    ...healthRoutes({ service, paths: healthPaths, stores }),
  ]);
  return responder(route, logger, new Set([...healthPaths, '/ready']));
}
