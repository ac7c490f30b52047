import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { secureHeaders } from 'hono/secure-headers';
import { HttpError } from './errors.ts';
import type { Logger } from './logger.ts';
import { notFound, onError } from './middleware/errors.ts';
import { type Env, requestContext } from './middleware/request-context.ts';
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

const MAX_BODY_BYTES = 2 ** 20;
const ENDPOINTS = ['GET /health', 'GET /ready', 'GET /items', 'POST /items', 'POST /hits'];

/** The whole HTTP side. What it talks to is passed in, so that tests need no database. */
export function createApp(dependencies: Dependencies) {
  const { service, healthcheckPath, logger, stores, items, counter } = dependencies;
  const healthPaths = [...new Set(['/health', healthcheckPath])];
  const app = new Hono<Env>();

  app.use(requestContext(logger, new Set([...healthPaths, '/ready'])));
  app.use(secureHeaders());
  app.use(bodyLimit({ maxSize: MAX_BODY_BYTES, onError: tooLarge }));

  app.get('/', (c) => c.json({ service, endpoints: ENDPOINTS }));
  app.route('/items', itemRoutes(items));
  app.route('/hits', hitRoutes(counter));
  app.route('/', healthRoutes({ service, paths: healthPaths, stores }));

  app.notFound(notFound);
  app.onError(onError);
  return app;
}

function tooLarge(): never {
  throw new HttpError(413, 'payload_too_large', 'The body is larger than 1 MB');
}
