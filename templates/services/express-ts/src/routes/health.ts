import { Router } from 'express';
import type { Store } from '../stores/store.ts';

interface Options {
  service: string;
  paths: string[];
  stores: Record<string, Store>;
}

export function healthRoutes({ service, paths, stores }: Options): Router {
  const router = Router();

  // Liveness: must not depend on a store, or an outage there would restart every service.
  router.get(paths, (_request, response) => {
    response.json({ status: 'healthy', service, timestamp: new Date().toISOString() });
  });

  router.get('/ready', async (_request, response) => {
    const checks = Object.fromEntries(
      await Promise.all(
        Object.entries(stores).map(async ([name, store]) => [name, await store.status()] as const),
      ),
    );
    const ready = !Object.values(checks).includes('down');
    response.status(ready ? 200 : 503).json({ status: ready ? 'ready' : 'not ready', checks });
  });

  return router;
}
