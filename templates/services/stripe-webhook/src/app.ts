import helmet from '@fastify/helmet';
import Fastify, { LogController } from 'fastify';
import type { Logger } from './logger.ts';
import { errors, sendError } from './plugins/errors.ts';
import { observe, requestContext, requestIdOf } from './plugins/request-context.ts';
import { healthRoutes } from './routes/health.ts';
import { webhookRoutes } from './routes/webhook.ts';
import type { EventStore } from './stores/events.ts';
import type { Store } from './stores/store.ts';
import type { Handlers } from './stripe/handlers.ts';

export interface Dependencies {
  service: string;
  healthcheckPath: string;
  logger: Logger;
  webhookSecret: string | undefined;
  stores: { postgres: Store };
  events: EventStore;
  handlers: Handlers;
}

/** Longer than the proxy's, so that the service never closes a connection that is just being reused. */
const KEEP_ALIVE_MS = 75_000;
const ENDPOINTS = ['GET /health', 'GET /ready', 'POST /webhook'];

/** The whole HTTP side. What it talks to is passed in, so that tests need no database. */
export function createApp(dependencies: Dependencies) {
  const { service, healthcheckPath, logger, webhookSecret, stores, events, handlers } =
    dependencies;
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
  app.register(webhookRoutes, { secret: webhookSecret, events, handlers });
  app.register(healthRoutes, { service, paths: healthPaths, stores });
  return app;
}
