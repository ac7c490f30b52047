import { createApp } from './app.ts';
import { type Config, loadConfig } from './config.ts';
import { Logger } from './logger.ts';
import { drain } from './shutdown.ts';
import { PostgresItemStore } from './stores/items.ts';
import { PostgresStore } from './stores/postgres.ts';
import { RedisStore } from './stores/redis.ts';

/** Longer than the proxy's, so that the service never closes a connection that is just being reused. */
const KEEP_ALIVE_SECONDS = 75;
/** Shorter than the container's stop grace period. */
const DRAIN_MS = 10_000;

const config = configOrExit();
const logger = new Logger({ service: config.serviceName, level: config.logLevel });
const postgres = new PostgresStore(config.databaseUrl, logger);
const redis = new RedisStore(config.redisUrl, config.redisPrefix, logger);

process.once('SIGTERM', shutdown);
process.once('SIGINT', shutdown);
process.on('uncaughtException', crash);
process.on('unhandledRejection', crash);

const server = Bun.serve({
  ...createApp({
    service: config.serviceName,
    healthcheckPath: config.healthcheckPath,
    logger,
    stores: { postgres, redis },
    items: new PostgresItemStore(postgres, config.tablePrefix),
    counter: redis,
  }),
  hostname: '0.0.0.0',
  port: config.port,
  idleTimeout: KEEP_ALIVE_SECONDS,
  development: false, // its error pages show source code
});
logger.info('Listening', { port: config.port });

async function shutdown(signal: NodeJS.Signals): Promise<void> {
  logger.info('Shutting down', { signal });
  await drain(server, DRAIN_MS);
  await Promise.all([postgres.close(), redis.close()]);
  process.exit(0);
}

function crash(err: unknown): never {
  logger.fatal('Uncaught exception', { err });
  process.exit(1);
}

function configOrExit(): Config {
  try {
    return loadConfig(Bun.env);
  } catch (error) {
    const log = new Logger({ service: Bun.env.SERVICE_NAME || 'service', level: 'info' });
    log.fatal(`Invalid configuration: ${(error as Error).message}`);
    process.exit(1);
  }
}
