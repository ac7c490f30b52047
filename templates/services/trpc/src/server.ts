import { createServer } from 'node:http';
import { createApp } from './app.ts';
import { type Config, loadConfig } from './config.ts';
import { createLogger } from './logger.ts';
import { drain } from './shutdown.ts';
import { PostgresItemStore } from './stores/items.ts';
import { PostgresStore } from './stores/postgres.ts';
import { RedisStore } from './stores/redis.ts';

/** Longer than the proxy's, so that the service never closes a connection that is just being reused. */
const KEEP_ALIVE_MS = 75_000;
/** Shorter than the container's stop grace period. */
const DRAIN_MS = 10_000;

const config = configOrExit();
const logger = createLogger({ service: config.serviceName, level: config.logLevel });
const postgres = new PostgresStore(config.databaseUrl, logger);
const redis = new RedisStore(config.redisUrl, config.redisPrefix, logger);

const server = createServer(
  { keepAliveTimeout: KEEP_ALIVE_MS },
  createApp({
    service: config.serviceName,
    healthcheckPath: config.healthcheckPath,
    logger,
    stores: { postgres, redis },
    items: new PostgresItemStore(postgres, config.tablePrefix),
    counter: redis,
  }),
);

process.once('SIGTERM', shutdown);
process.once('SIGINT', shutdown);
process.on('uncaughtException', (err) => {
  logger.fatal({ err }, 'Uncaught exception');
  process.exit(1);
});

server.listen(config.port, '0.0.0.0', () => logger.info({ port: config.port }, 'Listening'));

async function shutdown(signal: NodeJS.Signals): Promise<void> {
  logger.info({ signal }, 'Shutting down');
  await drain(server, DRAIN_MS);
  await Promise.all([postgres.close(), redis.close()]);
  process.exit(0);
}

function configOrExit(): Config {
  try {
    return loadConfig(process.env);
  } catch (error) {
    const log = createLogger({ service: process.env.SERVICE_NAME || 'service', level: 'info' });
    log.fatal(`Invalid configuration: ${(error as Error).message}`);
    process.exit(1);
  }
}
