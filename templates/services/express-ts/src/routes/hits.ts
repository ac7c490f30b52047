import { Router } from 'express';

export interface Counter {
  increment(key: string): Promise<number>;
}

export function hitRoutes(counter: Counter): Router {
  const router = Router();

  router.post('/hits', async (_request, response) => {
    response.json({ hits: await counter.increment('hits') });
  });

  return router;
}
