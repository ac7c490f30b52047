import type { Route } from '../http/router.ts';
import type { Store } from '../stores/store.ts';

interface Options {
  service: string;
  paths: string[];
  stores: Record<string, Store>;
}

export function healthRoutes({ service, paths, stores }: Options): Route[] {
  // Liveness: must not depend on a store, or an outage there would restart every service.
  const alive = () => ({
    body: { status: 'healthy', service, timestamp: new Date().toISOString() },
  });

  const ready = async () => {
    const checks = Object.fromEntries(
      await Promise.all(
        Object.entries(stores).map(async ([name, store]) => [name, await store.status()] as const),
      ),
    );
    const isReady = !Object.values(checks).includes('down');
    return {
      status: isReady ? 200 : 503,
      body: { status: isReady ? 'ready' : 'not ready', checks },
    };
  };

  return [
    { method: 'GET', path: '/ready', handle: ready },
    ...paths.map((path) => ({ method: 'GET', path, handle: alive })),
  ];
}
