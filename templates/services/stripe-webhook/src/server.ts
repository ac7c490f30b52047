import { createApp } from './app.ts';
import { type Config, loadConfig } from './config.ts';
import { createLogger } from './logger.ts';
import { drain } from './shutdown.ts';
import { PostgresEventStore } from './stores/events.ts';
import { PostgresPaymentStore } from './stores/payments.ts';
import { PostgresStore } from './stores/postgres.ts';
import { schema, tableNames } from './stores/schema.ts';
import { createHandlers } from './stripe/handlers.ts';

/** Shorter than the container's stop grace period. */
const DRAIN_MS = 10_000;

const config = configOrExit();
const logger = createLogger({ service: config.serviceName, level: config.logLevel });
if (config.webhookSecret === undefined) {
  logger.warn('STRIPE_WEBHOOK_SECRET is not set, so /webhook takes no events');
}
const tables = tableNames(config.tablePrefix);
const postgres = new PostgresStore(config.databaseUrl, schema(tables), logger);

const app = createApp({
  service: config.serviceName,
  healthcheckPath: config.healthcheckPath,
  logger,
  webhookSecret: config.webhookSecret,
  stores: { postgres },
  events: new PostgresEventStore(postgres, tables.events),
  handlers: createHandlers(new PostgresPaymentStore(tables.payments)),
});

process.once('SIGTERM', shutdown);
process.once('SIGINT', shutdown);
process.on('uncaughtException', (err) => {
  logger.fatal({ err }, 'Uncaught exception');
  process.exit(1);
});

await app.listen({ port: config.port, host: '0.0.0.0' });

async function shutdown(signal: NodeJS.Signals): Promise<void> {
  logger.info({ signal }, 'Shutting down');
  await drain(app.server, DRAIN_MS);
  await Promise.all([app.close(), postgres.close()]);
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
