import { createApp } from './app.js';
import { loadConfig } from './config.js';
import { createLogger } from './logger.js';
import { drain } from './shutdown.js';
import { redisAdapter } from './sockets/adapter.js';
import { PostgresItemStore } from './stores/items.js';
import { PostgresStore } from './stores/postgres.js';
import { RedisStore } from './stores/redis.js';

/** Shorter than the container's stop grace period. */
const DRAIN_MS = 10_000;

const config = configOrExit();
const logger = createLogger({ service: config.serviceName, level: config.logLevel });
const postgres = new PostgresStore(config.databaseUrl, logger);
const redis = new RedisStore(config.redisUrl, config.redisPrefix, logger);

const replicas = redisAdapter(config.redisUrl, config.redisPrefix, logger);

const { server, io } = createApp({
  service: config.serviceName,
  healthcheckPath: config.healthcheckPath,
  logger,
  stores: { postgres, redis },
  items: new PostgresItemStore(postgres, config.tablePrefix),
  counter: redis,
  adapter: replicas.adapter,
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
  await Promise.all([io.close(), drain(server, DRAIN_MS)]);
  replicas.close();
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
