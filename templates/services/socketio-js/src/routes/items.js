import { HttpError } from '../errors.js';
import { readJson } from '../http/json.js';

/** @import { ItemStore } from '../stores/items.js' */

/** @param {ItemStore} items */
export function itemRoutes(items) {
  return [
    {
      method: 'GET',
      path: '/items',
      handle: async () => ({ body: { items: await items.list() } }),
    },
    {
      method: 'POST',
      path: '/items',
      handle: async ({ request }) => {
        const name = parseNewItem(await readJson(request));
        return { status: 201, body: await items.create(name) };
      },
    },
  ];
}

/** @param {unknown} body */
export function parseNewItem(body) {
  if (typeof body === 'object' && body !== null && 'name' in body) {
    const name = typeof body.name === 'string' ? body.name.trim() : '';
    // Postgres cannot store NUL in text.
    if (name.length >= 1 && name.length <= 200 && !name.includes('\0')) return name;
  }
  throw new HttpError(400, 'invalid_body', 'Send {"name": "…"} with 1 to 200 characters');
}
