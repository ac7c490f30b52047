import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createApp } from '../../src/app.js';
import { createLogger } from '../../src/logger.js';
import { processJob } from '../../src/queue/processor.js';

/** Serves the app on a free port, with a queue in memory, until the test ends. */
export async function startApp(t, overrides = {}) {
  const lines = [];
  const logger = createLogger(
    { service: 'test', level: 'debug' },
    { write: (line) => lines.push(JSON.parse(line)) },
  );
  const app = createApp({
    service: 'test',
    healthcheckPath: '/health',
    logger,
    stores: { redis: storeThatIs('up'), worker: storeThatIs('up') },
    queue: memoryQueue(),
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

/** Works on a job while it is added. */
export function memoryQueue() {
  const jobs = new Map();
  return {
    add: async (data) => {
      const id = randomUUID();
      jobs.set(id, { id, state: 'completed', result: await processJob(data) });
      return id;
    },
    find: async (id) => jobs.get(id),
  };
}
