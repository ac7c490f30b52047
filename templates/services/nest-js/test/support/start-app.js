import { Test } from '@nestjs/testing';
import { AppModule } from '../../src/app.module.js';
import { APP_OPTIONS, configureApp } from '../../src/app.setup.js';
import { loadConfig } from '../../src/config/config.js';
import { ItemsRepository } from '../../src/items/items.repository.js';
import { JsonLogger } from '../../src/logging/json-logger.js';
import { PostgresService } from '../../src/stores/postgres.service.js';
import { RedisService } from '../../src/stores/redis.service.js';

/**
 * @import { NestExpressApplication } from '@nestjs/platform-express'
 * @import { TestContext } from 'node:test'
 */

/**
 * Serves the app on a free port, with memory in place of Postgres and Redis, until the test ends.
 * @param {TestContext} t
 * @param {{ env?: object, postgres?: object, redis?: object, items?: object }} [overrides]
 */
export async function startApp(t, overrides = {}) {
  const lines = [];
  const logger = new JsonLogger(
    { service: 'test', level: 'debug' },
    { write: (line) => lines.push(JSON.parse(line)) },
  );
  const config = loadConfig({ SERVICE_NAME: 'test', ...overrides.env });
  const module = await Test.createTestingModule({ imports: [AppModule.forRoot(config)] })
    .setLogger(logger)
    .overrideProvider(PostgresService)
    .useValue(overrides.postgres ?? postgresThatIs('up'))
    .overrideProvider(RedisService)
    .useValue(overrides.redis ?? redisThatIs('up'))
    .overrideProvider(ItemsRepository)
    .useValue(overrides.items ?? memoryItems())
    .compile();

  /** @type {NestExpressApplication} */
  const app = module.createNestApplication(APP_OPTIONS);
  configureApp(app);
  await app.listen(0, '127.0.0.1');
  t.after(() => app.close());
  return { url: await app.getUrl(), lines };
}

export function postgresThatIs(status) {
  return { status: async () => status };
}

export function redisThatIs(status) {
  let hits = 0;
  return { status: async () => status, increment: async () => ++hits };
}

function memoryItems() {
  const items = [];
  return {
    list: async () => items,
    create: async (name) => {
      const item = { id: items.length + 1, name, createdAt: new Date().toISOString() };
      items.push(item);
      return item;
    },
  };
}
