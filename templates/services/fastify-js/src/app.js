import helmet from '@fastify/helmet';
import Fastify, { LogController } from 'fastify';
import { errors, sendError } from './plugins/errors.js';
import { observe, requestContext, requestIdOf } from './plugins/request-context.js';
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

/** Longer than the proxy's, so that the service never closes a connection that is just being reused. */
const KEEP_ALIVE_MS = 75_000;
const ENDPOINTS = ['GET /health', 'GET /ready', 'GET /items', 'POST /items', 'POST /hits'];

/**
 * The whole HTTP side. What it talks to is passed in, so that tests need no database.
 * @param {Dependencies} dependencies
 */
export function createApp(dependencies) {
  const { service, healthcheckPath, logger, stores, items, counter } = dependencies;
  const healthPaths = [...new Set(['/health', healthcheckPath])];
  const quiet = new Set([...healthPaths, '/ready']);

  const app = Fastify({
    loggerInstance: logger,
    logController: new LogController({
      disableRequestLogging: true,
      requestIdLogLabel: 'requestId',
    }),
    genReqId: requestIdOf,
    keepAliveTimeout: KEEP_ALIVE_MS,
    return503OnClosing: false, // drain() answers what still comes
    trustProxy: 'loopback, uniquelocal', // nginx: the client's address is in X-Forwarded-For
    ajv: { customOptions: { coerceTypes: false } }, // {"name": 1} is not a name
    // A URL that is no URL never reaches the plugins below.
    frameworkErrors: (error, request, reply) => {
      observe(request, reply, quiet);
      sendError(error, request, reply);
    },
  });

  app.register(requestContext, { quiet });
  app.register(errors);
  app.register(helmet);

  app.get('/', async () => ({ service, endpoints: ENDPOINTS }));
  app.register(itemRoutes, { items });
  app.register(hitRoutes, { counter });
  app.register(healthRoutes, { service, paths: healthPaths, stores });
  return app;
}
