import { zValidator } from '@hono/zod-validator';
import { Hono } from 'hono';
import { z } from 'zod';
import { HttpError } from '../errors.js';

/** @import { ItemStore } from '../stores/items.js' */

const NewItem = z.object({
  // Postgres cannot store NUL in text.
  name: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .regex(/^[^\0]*$/),
});

const newItem = zValidator('json', NewItem, (result) => {
  if (result.success) return;
  throw new HttpError(400, 'invalid_body', 'Send {"name": "…"} with 1 to 200 characters');
});

/** @param {ItemStore} items */
export function itemRoutes(items) {
  return new Hono()
    .get('/', async (c) => c.json({ items: await items.list() }))
    .post('/', newItem, async (c) => c.json(await items.create(c.req.valid('json').name), 201));
}
