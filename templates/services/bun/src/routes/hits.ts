import type { Routes } from '../http/route.ts';

export interface Counter {
  increment(key: string): Promise<number>;
}

export function hitRoutes(counter: Counter): Routes {
  return {
    '/hits': {
      POST: async () => Response.json({ hits: await counter.increment('hits') }),
    },
  };
}
