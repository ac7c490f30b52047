import express from 'express';
import helmet from 'helmet';
import { errorHandler, notFound } from './middleware/errors.js';
import { requestContext } from './middleware/request-context.js';
import { healthRoutes } from './routes/health.js';
import { hitRoutes } from './routes/hits.js';
import { itemRoutes } from './routes/items.js';

/**
 * @import { Logger } from 'pino'
 * @import { Counter } from './routes/hits.js'
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
 */

const ENDPOINTS = ['GET /health', 'GET /ready', 'GET /items', 'POST /items', 'POST /hits'];

/**
 * The whole HTTP side. What it talks to is passed in, so that tests need no database.
 * @param {Dependencies} dependencies
 */
export function createApp(dependencies) {
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
