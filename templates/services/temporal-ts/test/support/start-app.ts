import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { createActivities } from '../../src/activities.ts';
import { createApp, type Dependencies } from '../../src/app.ts';
import type { Job, Jobs } from '../../src/jobs.ts';
import { createLogger } from '../../src/logger.ts';
import type { Store, StoreStatus } from '../../src/stores/store.ts';

export type LogLine = Record<string, unknown>;

/** Serves the app on a free port, with jobs in memory, until the test ends. */
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
    stores: {
      temporal: storeThatIs('up'),
      worker: storeThatIs('up'),
      postgres: storeThatIs('off'),
    },
    jobs: memoryJobs(),
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

/** A job is done when it is started. */
function memoryJobs(): Jobs {
  const { analyze } = createActivities(undefined);
  const jobs = new Map<string, Job>();
  return {
    start: async ({ text }) => {
      const id = randomUUID();
      jobs.set(id, { id, state: 'completed', result: await analyze(text) });
      return id;
    },
    find: async (id) => jobs.get(id),
  };
}
