import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { createTRPCClient, httpBatchLink } from '@trpc/client';
import { createApp, type Dependencies } from '../../src/app.ts';
import { createLogger } from '../../src/logger.ts';
import type { Item, ItemStore } from '../../src/stores/items.ts';
import type { Store, StoreStatus } from '../../src/stores/store.ts';
import type { AppRouter } from '../../src/trpc/router.ts';

export type LogLine = Record<string, unknown>;

/** Serves the app on a free port, with memory in place of Postgres and Redis, until the test ends. */
export async function startApp(t: TestContext, overrides: Partial<Dependencies> = {}) {
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

  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const client = createTRPCClient<AppRouter>({ links: [httpBatchLink({ url: `${url}/trpc` })] });
  return { url, client, lines };
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
