import { Router } from 'express';

/** @import { Store } from '../stores/store.js' */

/**
 * @typedef {object} Options
 * @property {string} service
 * @property {string[]} paths
 * @property {Record<string, Store>} stores
 */

/** @param {Options} options */
export function healthRoutes({ service, paths, stores }) {
  const router = Router();

  // Liveness: must not depend on a store, or an outage there would restart every service.
  router.get(paths, (_request, response) => {
    response.json({ status: 'healthy', service, timestamp: new Date().toISOString() });
  });

  router.get('/ready', async (_request, response) => {
    const checks = Object.fromEntries(
      await Promise.all(
        Object.entries(stores).map(async ([name, store]) => [name, await store.status()]),
      ),
    );
    const ready = !Object.values(checks).includes('down');
    response.status(ready ? 200 : 503).json({ status: ready ? 'ready' : 'not ready', checks });
  });

  return router;
}
