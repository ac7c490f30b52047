import { createAdaptorServer } from '@hono/node-server';
import { createApp } from './app.js';
import { loadConfig } from './config.js';
import { createLogger } from './logger.js';
import { drain } from './shutdown.js';
import { PostgresItemStore } from './stores/items.js';
import { PostgresStore } from './stores/postgres.js';
import { RedisStore } from './stores/redis.js';

/** Longer than the proxy's, so that the service never closes a connection that is just being reused. */
const KEEP_ALIVE_MS = 75_000;
/** Shorter than the container's stop grace period. */
const DRAIN_MS = 10_000;

const config = configOrExit();
const logger = createLogger({ service: config.serviceName, level: config.logLevel });
const postgres = new PostgresStore(config.databaseUrl, logger);
const redis = new RedisStore(config.redisUrl, config.redisPrefix, logger);

const app = createApp({
  service: config.serviceName,
  healthcheckPath: config.healthcheckPath,
  logger,
  stores: { postgres, redis },
  items: new PostgresItemStore(postgres, config.tablePrefix),
  counter: redis,
});
const server = createAdaptorServer({
  fetch: app.fetch,
  hostname: 'localhost', // of requests that name none, such as the health check's
  serverOptions: { keepAliveTimeout: KEEP_ALIVE_MS },
});

process.once('SIGTERM', shutdown);
process.once('SIGINT', shutdown);
process.on('uncaughtException', (err) => {
  logger.fatal({ err }, 'Uncaught exception');
  process.exit(1);
});

server.listen(config.port, '0.0.0.0', () => logger.info({ port: config.port }, 'Listening'));

/** @param {NodeJS.Signals} signal */
async function shutdown(signal) {
  logger.info({ signal }, 'Shutting down');
  await drain(server, DRAIN_MS);
  await Promise.all([postgres.close(), redis.close()]);
  process.exit(0);
}

function configOrExit() {
  try {
    return loadConfig(process.env);
  } catch (error) {
    const log = createLogger({ service: process.env.SERVICE_NAME || 'service', level: 'info' });
    log.fatal(`Invalid configuration: ${error.message}`);
    process.exit(1);
  }
}
