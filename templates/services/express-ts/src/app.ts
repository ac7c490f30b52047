import express, { type Express } from 'express';
import helmet from 'helmet';
import type { Logger } from './logger.ts';
import { errorHandler, notFound } from './middleware/errors.ts';
import { requestContext } from './middleware/request-context.ts';
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

/** The whole HTTP side. What it talks to is passed in, so that tests need no database. */
export function createApp(dependencies: Dependencies): Express {
  const { service, healthcheckPath, logger, stores, items, counter } = dependencies;
  const healthPaths = [...new Set(['/health', healthcheckPath])];
  const app = express();

  app.set('trust proxy', 1); // nginx: take the client's address from X-Forwarded-For
  app.use(requestContext(logger, new Set([...healthPaths, '/ready'])));
  app.use(helmet());
  app.use(healthRoutes({ service, paths: healthPaths, stores }));
  app.use(express.json({ limit: '1mb' }));

  app.get('/', (_request, response) => {
    response.json({ service, endpoints: ENDPOINTS });
  });
  app.use(itemRoutes(items));
  app.use(hitRoutes(counter));

  app.use(notFound);
  app.use(errorHandler);
  return app;
}
