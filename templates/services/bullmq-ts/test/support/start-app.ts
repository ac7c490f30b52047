import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { createApp, type Dependencies } from '../../src/app.ts';
import { createLogger } from '../../src/logger.ts';
import type { Job, JobQueue } from '../../src/queue/jobs.ts';
import { processJob } from '../../src/queue/processor.ts';
import type { Store, StoreStatus } from '../../src/stores/store.ts';

export type LogLine = Record<string, unknown>;

/** Serves the app on a free port, with a queue in memory, until the test ends. */
export async function startApp(t: TestContext, overrides: Partial<Dependencies> = {}) {
  const lines: LogLine[] = [];
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
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, lines };
}

export function storeThatIs(status: StoreStatus): Store {
  return { status: async () => status, close: async () => {} };
}

/** Works on a job while it is added. */
export function memoryQueue(): JobQueue {
  const jobs = new Map<string, Job>();
  return {
    add: async (data) => {
      const id = randomUUID();
      jobs.set(id, { id, state: 'completed', result: await processJob(data) });
      return id;
    },
    find: async (id) => jobs.get(id),
  };
}
