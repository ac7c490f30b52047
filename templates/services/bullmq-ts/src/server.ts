import { createServer } from 'node:http';
import { createApp } from './app.ts';
import { type Config, loadConfig } from './config.ts';
import { createLogger } from './logger.ts';
import { processJob } from './queue/processor.ts';
import { BullJobQueue } from './queue/queue.ts';
import { JobWorker } from './queue/worker.ts';
import { drain } from './shutdown.ts';
import { RedisStore } from './stores/redis.ts';

/** Longer than the proxy's, so that the service never closes a connection that is just being reused. */
const KEEP_ALIVE_MS = 75_000;
/** Together shorter than the container's stop grace period. */
const DRAIN_MS = 10_000;
const FINISH_JOBS_MS = 45_000;

const config = configOrExit();
const logger = createLogger({ service: config.serviceName, level: config.logLevel });
const prefix = `${config.redisPrefix}bull`;
const redis = new RedisStore(config.redisUrl, logger);
const queue = new BullJobQueue(redis, prefix);
const worker = new JobWorker({ url: config.redisUrl, prefix, process: processJob, logger });

const server = createServer(
  { keepAliveTimeout: KEEP_ALIVE_MS },
  createApp({
    service: config.serviceName,
    healthcheckPath: config.healthcheckPath,
    logger,
    stores: { redis, worker },
    queue,
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
  await Promise.all([drain(server, DRAIN_MS), finishJobs()]);
  await queue.close();
  await redis.close();
  process.exit(0);
}

/** Without Redis there is nothing to wait for: no result could be kept, and another worker repeats the job. */
async function finishJobs(): Promise<void> {
  const connected = (await redis.status()) === 'up';
  await worker.close(connected ? FINISH_JOBS_MS : 0);
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
