import { createServer } from 'node:http';
import { createActivities } from './activities.ts';
import { createApp } from './app.ts';
import { type Config, loadConfig } from './config.ts';
import { createLogger } from './logger.ts';
import { drain } from './shutdown.ts';
import { PostgresStore } from './stores/postgres.ts';
import { PostgresResultStore } from './stores/results.ts';
import { TemporalConnection } from './temporal/connection.ts';
import { TemporalJobs } from './temporal/jobs.ts';
import { installRuntime } from './temporal/logging.ts';
import { TemporalWorker } from './temporal/worker.ts';

/** Longer than the proxy's, so that the service never closes a connection that is just being reused. */
const KEEP_ALIVE_MS = 75_000;
/** Both shorter than the container's stop grace period. */
const DRAIN_MS = 10_000;
const FINISH_JOBS_MS = 45_000;

const config = configOrExit();
const logger = createLogger({ service: config.serviceName, level: config.logLevel });
installRuntime(logger);
const postgres = new PostgresStore(config.databaseUrl, logger);
const results =
  config.databaseUrl === undefined
    ? undefined
    : new PostgresResultStore(postgres, config.tablePrefix);
const temporal = new TemporalConnection(config.temporal);
const { taskQueue } = config.temporal;
const worker = new TemporalWorker({
  temporal,
  taskQueue,
  activities: createActivities(results),
  finishMs: FINISH_JOBS_MS,
  logger,
});

const server = createServer(
  { keepAliveTimeout: KEEP_ALIVE_MS },
  createApp({
    service: config.serviceName,
    healthcheckPath: config.healthcheckPath,
    logger,
    stores: { temporal, worker, postgres },
    jobs: new TemporalJobs(temporal, taskQueue),
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
  await Promise.all([drain(server, DRAIN_MS), worker.close()]);
  await Promise.all([temporal.close(), postgres.close()]);
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
