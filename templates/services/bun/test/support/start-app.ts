import { createApp, type Dependencies } from '../../src/app.ts';
import { Logger } from '../../src/logger.ts';
import type { Item, ItemStore } from '../../src/stores/items.ts';
import type { Store, StoreStatus } from '../../src/stores/store.ts';

export type LogLine = Record<string, unknown>;

/** Serves the app on a free port, with memory in place of Postgres and Redis, until it is disposed of. */
export function startApp(overrides: Partial<Dependencies> = {}) {
  const lines: LogLine[] = [];
  const logger = new Logger({
    service: 'test',
    level: 'debug',
    write: (line) => lines.push(JSON.parse(line)),
  });
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

  const server = Bun.serve({ ...app, hostname: '127.0.0.1', port: 0 });
  const url = `http://127.0.0.1:${server.port}`;
  return { url, lines, [Symbol.asyncDispose]: () => server.stop(true) };
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
