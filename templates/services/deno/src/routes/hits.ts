import type { Route } from '../http/router.ts';

export interface Counter {
  increment(key: string): Promise<number>;
}

export function hitRoutes(counter: Counter): Route[] {
  return [
    {
      method: 'POST',
      path: '/hits',
      handle: async () => Response.json({ hits: await counter.increment('hits') }),
    },
  ];
}
