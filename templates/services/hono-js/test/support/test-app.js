import { createApp } from '../../src/app.js';
import { createLogger } from '../../src/logger.js';

/** The app with memory in place of Postgres and Redis. */
export function createTestApp(overrides = {}) {
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
  return { app, lines };
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
