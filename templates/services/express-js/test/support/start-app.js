import { once } from 'node:events';
import { createServer } from 'node:http';
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
  const { port } = server.address();
  return { url: `http://127.0.0.1:${port}`, lines };
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
