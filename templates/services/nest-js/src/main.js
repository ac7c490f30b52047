import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.js';
import { APP_OPTIONS, configureApp } from './app.setup.js';
import { loadConfig } from './config/config.js';
import { JsonLogger } from './logging/json-logger.js';

/** @import { NestExpressApplication } from '@nestjs/platform-express' */

const config = configOrExit();
const logger = new JsonLogger({ service: config.serviceName, level: config.logLevel });

process.on('uncaughtException', (err) => {
  logger.fatal('Uncaught exception', { err });
  process.exit(1);
});

/** @type {NestExpressApplication} */
const app = await NestFactory.create(AppModule.forRoot(config), { ...APP_OPTIONS, logger });
configureApp(app);
// By default Nest sends itself the signal again at the end, which looks like a crash from outside.
app.enableShutdownHooks(['SIGTERM', 'SIGINT'], { useProcessExit: true });
await app.listen(config.port, '0.0.0.0');
new Logger('Main').log('Listening', { port: config.port });

function configOrExit() {
  try {
    return loadConfig(process.env);
  } catch (error) {
    const log = new JsonLogger({ service: process.env.SERVICE_NAME || 'service', level: 'info' });
    log.fatal(`Invalid configuration: ${error.message}`);
    process.exit(1);
  }
}
