import { Hono } from 'hono';

/** @import { Store } from '../stores/store.js' */

/**
 * @typedef {object} Options
 * @property {string} service
 * @property {string[]} paths
 * @property {Record<string, Store>} stores
 */

/** @param {Options} options */
export function healthRoutes({ service, paths, stores }) {
  const routes = new Hono();

  routes.get('/ready', async (c) => {
    const checks = Object.fromEntries(
      await Promise.all(
        Object.entries(stores).map(async ([name, store]) => [name, await store.status()]),
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
