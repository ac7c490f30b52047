import { createApp } from './app.js';
import { loadConfig } from './config.js';
import { createLogger } from './logger.js';
import { drain } from './shutdown.js';
import { PostgresItemStore } from './stores/items.js';
import { PostgresStore } from './stores/postgres.js';
import { RedisStore } from './stores/redis.js';

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

process.once('SIGTERM', shutdown);
process.once('SIGINT', shutdown);
process.on('uncaughtException', (err) => {
  logger.fatal({ err }, 'Uncaught exception');
  process.exit(1);
});

await app.listen({ port: config.port, host: '0.0.0.0' });

/** @param {NodeJS.Signals} signal */
async function shutdown(signal) {
  logger.info({ signal }, 'Shutting down');
  await drain(app.server, DRAIN_MS);
  await Promise.all([app.close(), postgres.close(), redis.close()]);
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
