import { HttpError } from './errors.ts';
import { responder } from './http/respond.ts';
import { byMethod, type Routes } from './http/route.ts';
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

/** The whole HTTP side, for Bun.serve. What it talks to is passed in, so that tests need no database. */
export function createApp(dependencies: Dependencies) {
  const { service, healthcheckPath, logger, stores, items, counter } = dependencies;
  const healthPaths = [...new Set(['/health', healthcheckPath])];
  const respond = responder(logger, new Set([...healthPaths, '/ready']));
  const routes: Routes = {
    ...healthRoutes({ service, paths: healthPaths, stores }),
    ...itemRoutes(items),
    ...hitRoutes(counter),
    '/': { GET: () => Response.json({ service, endpoints: ENDPOINTS }) },
  };

  return {
    routes: Object.fromEntries(
      Object.entries(routes).map(([path, route]) => [path, respond(byMethod(route))]),
    ),
    fetch: respond(notFound),
  };
}

function notFound(): never {
  throw new HttpError(404, 'not_found', 'No such endpoint');
}
