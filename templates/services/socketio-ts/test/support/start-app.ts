import { type EventEmitter, once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { io as connectTo, type Socket } from 'socket.io-client';
import { createApp, type Dependencies } from '../../src/app.ts';
import { createLogger } from '../../src/logger.ts';
import type { ClientToServerEvents, ServerToClientEvents } from '../../src/sockets/events.ts';
import type { Item, ItemStore } from '../../src/stores/items.ts';
import type { Store, StoreStatus } from '../../src/stores/store.ts';

export type Client = Socket<ServerToClientEvents, ClientToServerEvents>;
export type LogLine = Record<string, unknown>;

/** Serves the app on a free port, with memory in place of Postgres and Redis, until the test ends. */
export async function startApp(t: TestContext, overrides: Partial<Dependencies> = {}) {
  const lines: LogLine[] = [];
  const logger = createLogger(
    { service: 'test', level: 'debug' },
    { write: (line) => lines.push(JSON.parse(line)) },
  );
  let hits = 0;
  const { server, io } = createApp({
    service: 'test',
    healthcheckPath: '/health',
    logger,
    stores: { postgres: storeThatIs('up'), redis: storeThatIs('up') },
    items: memoryItems(),
    counter: { increment: async () => ++hits },
    adapter: undefined,
    ...overrides,
  });

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => io.close());
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const connect = async (): Promise<Client> => {
    const client: Client = connectTo(url, { transports: ['websocket'], forceNew: true });
    t.after(() => client.disconnect());
    await once(client as unknown as EventEmitter, 'connect');
    return client;
  };
  return { url, connect, lines };
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
