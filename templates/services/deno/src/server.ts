import { createApp } from './app.ts';
import { type Config, loadConfig } from './config.ts';
import { Logger } from './logger.ts';
import { drain } from './shutdown.ts';
import { PostgresItemStore } from './stores/items.ts';
import { PostgresStore } from './stores/postgres.ts';
import { RedisStore } from './stores/redis.ts';
import { Uploads } from './uploads.ts';

/** Shorter than the container's stop grace period. */
const DRAIN_MS = 10_000;

const config = configOrExit();
const logger = new Logger({ service: config.serviceName, level: config.logLevel });
const postgres = new PostgresStore(config.databaseUrl, logger);
const redis = new RedisStore(config.redisUrl, config.redisPrefix, logger);
const uploads = new Uploads();

const app = createApp({
  service: config.serviceName,
  healthcheckPath: config.healthcheckPath,
  logger,
  stores: { postgres, redis },
  items: new PostgresItemStore(postgres, config.tablePrefix),
  counter: redis,
});

let isShuttingDown = false;
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  Deno.addSignalListener(signal, () => shutdown(signal));
}
addEventListener('error', (event) => crash(event.error));
addEventListener('unhandledrejection', (event) => crash(event.reason));

const server = Deno.serve(
  {
    hostname: '0.0.0.0',
    port: config.port,
    onListen: ({ port }) => logger.info('Listening', { port }),
  },
  uploads.watch(app),
);

async function shutdown(signal: Deno.Signal): Promise<void> {
  if (isShuttingDown) return;
  isShuttingDown = true;
  logger.info('Shutting down', { signal });
  await drain(server, uploads, DRAIN_MS);
  await Promise.all([postgres.close(), redis.close()]);
  Deno.exit(0);
}

function crash(err: unknown): never {
  logger.fatal('Uncaught exception', { err });
  Deno.exit(1);
}

function configOrExit(): Config {
  try {
    return loadConfig(Deno.env);
  } catch (error) {
    const log = new Logger({
      service: Deno.env.get('SERVICE_NAME') || 'service',
      level: 'info',
    });
    log.fatal(`Invalid configuration: ${(error as Error).message}`);
    Deno.exit(1);
  }
}
