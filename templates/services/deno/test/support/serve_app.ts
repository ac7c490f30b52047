import { createApp, type Dependencies } from '../../src/app.ts';
import { Logger } from '../../src/logger.ts';
import type { Item, ItemStore } from '../../src/stores/items.ts';
import type { Store, StoreStatus } from '../../src/stores/store.ts';
import { serve } from './serve.ts';

export type LogLine = Record<string, unknown>;

/** Serves the app on a free port, with memory in place of Postgres and Redis, until it is disposed of. */
export function serveApp(overrides: Partial<Dependencies> = {}) {
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
    counter: { increment: () => Promise.resolve(++hits) },
    ...overrides,
  });
  const { url, server } = serve(app);
  return { url, lines, [Symbol.asyncDispose]: () => server.shutdown() };
}

export function storeThatIs(status: StoreStatus): Store {
  return { status: () => Promise.resolve(status), close: () => Promise.resolve() };
}

function memoryItems(): ItemStore {
  const items: Item[] = [];
  return {
    list: () => Promise.resolve(items),
    create: (name) => {
      const item = { id: items.length + 1, name, createdAt: new Date().toISOString() };
      items.push(item);
      return Promise.resolve(item);
    },
  };
}
