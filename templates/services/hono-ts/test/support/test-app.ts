import { createApp, type Dependencies } from '../../src/app.ts';
import { createLogger } from '../../src/logger.ts';
import type { Item, ItemStore } from '../../src/stores/items.ts';
import type { Store, StoreStatus } from '../../src/stores/store.ts';

export type LogLine = Record<string, unknown>;

export type App = ReturnType<typeof createApp>;

/** The app with memory in place of Postgres and Redis. */
export function createTestApp(overrides: Partial<Dependencies> = {}) {
  const lines: LogLine[] = [];
  const logger = createLogger(
    { service: 'test', level: 'debug' },
    { write: (line) => lines.push(JSON.parse(line)) },
  );
  let hits = 0;
  const app = createApp({
    service: 'test',
    healthcheckPath: '/health',
    logger,
    stores: { postgres: storeThatIs('up'), redis: storeThatIs('up') },
    items: memoryItems(),
    counter: { increment: async () => ++hits },
    ...overrides,
  });
  return { app, lines };
}

export function storeThatIs(status: StoreStatus): Store {
  return { status: async () => status, close: async () => {} };
}

function memoryItems(): ItemStore {
  const items: Item[] = [];
  return {
    list: async () => items,
    create: async (name) => {
      const item = { id: items.length + 1, name, createdAt: new Date().toISOString() };
      items.push(item);
      return item;
    },
  };
}
