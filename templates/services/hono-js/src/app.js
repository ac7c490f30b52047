import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { secureHeaders } from 'hono/secure-headers';
import { HttpError } from './errors.js';
import { notFound, onError } from './middleware/errors.js';
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

const MAX_BODY_BYTES = 2 ** 20;
const ENDPOINTS = ['GET /health', 'GET /ready', 'GET /items', 'POST /items', 'POST /hits'];

/**
 * The whole HTTP side. What it talks to is passed in, so that tests need no database.
 * @param {Dependencies} dependencies
 */
export function createApp(dependencies) {
  const { service, healthcheckPath, logger, stores, items, counter } = dependencies;
  const healthPaths = [...new Set(['/health', healthcheckPath])];
  const app = new Hono();

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

function tooLarge() {
  throw new HttpError(413, 'payload_too_large', 'The body is larger than 1 MB');
}
