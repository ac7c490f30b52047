import { Router } from 'express';
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

/** @param {ItemStore} items */
export function itemRoutes(items) {
  const router = Router();

  router.get('/items', async (_request, response) => {
    response.json({ items: await items.list() });
  });

  router.post('/items', async (request, response) => {
    const body = NewItem.safeParse(request.body);
    if (!body.success) {
      throw new HttpError(400, 'invalid_body', 'Send {"name": "…"} with 1 to 200 characters');
    }
    response.status(201).json(await items.create(body.data.name));
  });

  return router;
}
