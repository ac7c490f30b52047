import { Router } from 'express';

/**
 * @typedef {object} Counter
 * @property {(key: string) => Promise<number>} increment
 */

/** @param {Counter} counter */
export function hitRoutes(counter) {
  const router = Router();

  router.post('/hits', async (_request, response) => {
    response.json({ hits: await counter.increment('hits') });
  });

  return router;
}
