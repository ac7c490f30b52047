import helmet from 'helmet';
import { CONFIG } from './config/config.js';
import { requestLog } from './logging/request-log.middleware.js';

/** @import { NestExpressApplication } from '@nestjs/platform-express' */

/** Longer than the proxy's, so that the service never closes a connection that is just being reused. */
const KEEP_ALIVE_MS = 75_000;

/** Nest's own body parsers would run before the request log, and take forms, too. */
export const APP_OPTIONS = { bodyParser: false };

/**
 * What lies before Nest's router, in order. The tests use it, too.
 * @param {NestExpressApplication} app
 */
export function configureApp(app) {
  const { healthcheckPath } = app.get(CONFIG);
  app.set('trust proxy', 1); // nginx: take the client's address from X-Forwarded-For
  app.use(requestLog(new Set(['/health', '/ready', healthcheckPath])));
  app.use(helmet());
  app.useBodyParser('json', { limit: '1mb' });
  app.getHttpServer().keepAliveTimeout = KEEP_ALIVE_MS;
}
