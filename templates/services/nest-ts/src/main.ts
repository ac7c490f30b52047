import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule } from './app.module.js';
import { APP_OPTIONS, configureApp } from './app.setup.js';
import { type Config, loadConfig } from './config/config.js';
import { JsonLogger } from './logging/json-logger.js';

const config = configOrExit();
const logger = new JsonLogger({ service: config.serviceName, level: config.logLevel });

process.on('uncaughtException', (err) => {
  logger.fatal('Uncaught exception', { err });
  process.exit(1);
});

const app = await NestFactory.create<NestExpressApplication>(AppModule.forRoot(config), {
  ...APP_OPTIONS,
  logger,
});
configureApp(app);
// By default Nest sends itself the signal again at the end, which looks like a crash from outside.
app.enableShutdownHooks(['SIGTERM', 'SIGINT'], { useProcessExit: true });
await app.listen(config.port, '0.0.0.0');
new Logger('Main').log('Listening', { port: config.port });

function configOrExit(): Config {
  try {
    return loadConfig(process.env);
  } catch (error) {
    const log = new JsonLogger({ service: process.env.SERVICE_NAME || 'service', level: 'info' });
    log.fatal(`Invalid configuration: ${(error as Error).message}`);
    process.exit(1);
  }
}
