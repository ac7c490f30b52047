import { once } from 'node:events';
import { io as connectTo } from 'socket.io-client';
import { createApp } from '../../src/app.js';
import { createLogger } from '../../src/logger.js';

/** Serves the app on a free port, with memory in place of Postgres and Redis, until the test ends. */
export async function startApp(t, overrides = {}) {
  const lines = [];
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
  const { port } = server.address();
  const url = `http://127.0.0.1:${port}`;
  const connect = async () => {
    const client = connectTo(url, { transports: ['websocket'], forceNew: true });
    t.after(() => client.disconnect());
    await once(client, 'connect');
    return client;
  };
  return { url, connect, lines };
}

export function storeThatIs(status) {
  return { status: async () => status, close: async () => {} };
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
