import { Hono } from 'hono';
import type { Env } from '../middleware/request-context.ts';

export interface Counter {
  increment(key: string): Promise<number>;
}

export function hitRoutes(counter: Counter) {
  return new Hono<Env>().post('/', async (c) => c.json({ hits: await counter.increment('hits') }));
}
