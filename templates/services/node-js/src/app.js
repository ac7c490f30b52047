import { errorReply } from './http/errors.js';
import { send } from './http/reply.js';
import { requestContext } from './http/request-context.js';
import { createRouter } from './http/router.js';
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
  const openContext = requestContext(logger, new Set([...healthPaths, '/ready']));
  const route = createRouter([
    { method: 'GET', path: '/', handle: () => ({ body: { service, endpoints: ENDPOINTS } }) },
    ...itemRoutes(items),
    ...hitRoutes(counter),
    ...healthRoutes({ service, paths: healthPaths, stores }),
  ]);

  return async (request, response) => {
    const context = openContext(request, response);
    try {
      send(response, await route(context));
    } catch (error) {
      send(response, errorReply(error, context.log));
    }
  };
}
