import { Hono } from 'hono';
import type { Env } from '../middleware/request-context.ts';
import type { Store } from '../stores/store.ts';

interface Options {
  service: string;
  paths: string[];
  stores: Record<string, Store>;
}

export function healthRoutes({ service, paths, stores }: Options) {
  const routes = new Hono<Env>();

  routes.get('/ready', async (c) => {
    const checks = Object.fromEntries(
      await Promise.all(
        Object.entries(stores).map(async ([name, store]) => [name, await store.status()] as const),
      ),
    );
    const ready = !Object.values(checks).includes('down');
    return c.json({ status: ready ? 'ready' : 'not ready', checks }, ready ? 200 : 503);
  });

  // Liveness: must not depend on a store, or an outage there would restart every service.
  routes.on('GET', paths, (c) =>
    c.json({ status: 'healthy', service, timestamp: new Date().toISOString() }),
  );

  return routes;
}
