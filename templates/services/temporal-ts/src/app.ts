import type { RequestListener } from 'node:http';
import { errorReply } from './http/errors.ts';
import { send } from './http/reply.ts';
import { requestContext } from './http/request-context.ts';
import { createRouter } from './http/router.ts';
import type { Jobs } from './jobs.ts';
import type { Logger } from './logger.ts';
import { healthRoutes } from './routes/health.ts';
import { jobRoutes } from './routes/jobs.ts';
import type { Store } from './stores/store.ts';

export interface Dependencies {
  service: string;
  healthcheckPath: string;
  logger: Logger;
  stores: { temporal: Store; worker: Store; postgres: Store };
  jobs: Jobs;
}

const ENDPOINTS = ['GET /health', 'GET /ready', 'POST /jobs', 'GET /jobs/:id'];

/** The whole HTTP side. What it talks to is passed in, so that tests need no Temporal. */
export function createApp(dependencies: Dependencies): RequestListener {
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
