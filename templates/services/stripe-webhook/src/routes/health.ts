import type { FastifyPluginAsync } from 'fastify';
import type { Store } from '../stores/store.ts';

interface Options {
  service: string;
  paths: string[];
  stores: Record<string, Store>;
}

export const healthRoutes: FastifyPluginAsync<Options> = async (app, options) => {
  const { service, paths, stores } = options;

  app.get('/ready', async (_request, reply) => {
    const checks = Object.fromEntries(
      await Promise.all(
        Object.entries(stores).map(async ([name, store]) => [name, await store.status()] as const),
      ),
    );
    const ready = !Object.values(checks).includes('down');
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready', checks });
  });

  // Liveness: must not depend on a store, or an outage there would restart every service.
  for (const path of paths) {
    if (app.hasRoute({ method: 'GET', url: path })) continue;
    app.get(path, async () => ({
      status: 'healthy',
      service,
      timestamp: new Date().toISOString(),
    }));
  }
};
