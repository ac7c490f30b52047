import type { TestContext } from 'node:test';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { AppModule } from '../../src/app.module.js';
import { APP_OPTIONS, configureApp } from '../../src/app.setup.js';
import { loadConfig } from '../../src/config/config.js';
import { type Item, ItemsRepository } from '../../src/items/items.repository.js';
import { JsonLogger } from '../../src/logging/json-logger.js';
import { PostgresService } from '../../src/stores/postgres.service.js';
import { RedisService } from '../../src/stores/redis.service.js';
import type { StoreStatus } from '../../src/stores/store.js';

export type LogLine = Record<string, unknown>;

interface Overrides {
  env?: NodeJS.ProcessEnv;
  postgres?: Pick<PostgresService, 'status'>;
  redis?: Pick<RedisService, 'status' | 'increment'>;
  items?: Pick<ItemsRepository, 'list' | 'create'>;
}

/** Serves the app on a free port, with memory in place of Postgres and Redis, until the test ends. */
export async function startApp(t: TestContext, overrides: Overrides = {}) {
  const lines: LogLine[] = [];
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

  const app = module.createNestApplication<NestExpressApplication>(APP_OPTIONS);
  configureApp(app);
  await app.listen(0, '127.0.0.1');
  t.after(() => app.close());
  return { url: await app.getUrl(), lines };
}

export function postgresThatIs(status: StoreStatus) {
  return { status: async () => status };
}

export function redisThatIs(status: StoreStatus) {
  let hits = 0;
  return { status: async () => status, increment: async () => ++hits };
}

function memoryItems() {
  const items: Item[] = [];
  return {
    list: async () => items,
    create: async (name: string) => {
      const item = { id: items.length + 1, name, createdAt: new Date().toISOString() };
      items.push(item);
      return item;
    },
  };
}
