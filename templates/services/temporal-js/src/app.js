import { errorReply } from './http/errors.js';
import { send } from './http/reply.js';
import { requestContext } from './http/request-context.js';
import { createRouter } from './http/router.js';
import { healthRoutes } from './routes/health.js';
import { jobRoutes } from './routes/jobs.js';

/**
 * @import { Logger } from 'pino'
 * @import { Jobs } from './jobs.js'
 * @import { Store } from './stores/store.js'
 */

/**
 * @typedef {object} Dependencies
 * @property {string} service
 * @property {string} healthcheckPath
 * @property {Logger} logger
 * @property {{ temporal: Store, worker: Store, postgres: Store }} stores
 * @property {Jobs} jobs
 */

const ENDPOINTS = ['GET /health', 'GET /ready', 'POST /jobs', 'GET /jobs/:id'];

/**
 * The whole HTTP side. What it talks to is passed in, so that tests need no Temporal.
 * @param {Dependencies} dependencies
 */
export function createApp(dependencies) {
  const { service, healthcheckPath, logger, stores, jobs } = dependencies;
  const healthPaths = [...new Set(['/health', healthcheckPath])];
  const openContext = requestContext(logger, new Set([...healthPaths, '/ready']));
  const route = createRouter([
    { method: 'GET', path: '/', handle: () => ({ body: { service, endpoints: ENDPOINTS } }) },
    ...jobRoutes(jobs),
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
