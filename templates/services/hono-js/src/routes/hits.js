import { Hono } from 'hono';

/**
 * @typedef {object} Counter
 * @property {(key: string) => Promise<number>} increment
 */

/** @param {Counter} counter */
export function hitRoutes(counter) {
  return new Hono().post('/', async (c) => c.json({ hits: await counter.increment('hits') }));
}
