import { HttpError } from '../errors.ts';
import { readJson } from '../http/json.ts';
import type { Routes } from '../http/route.ts';
import type { ItemStore } from '../stores/items.ts';

export function itemRoutes(items: ItemStore): Routes {
  return {
    '/items': {
      GET: async () => Response.json({ items: await items.list() }),
      POST: async ({ request }) => {
        const name = parseName(await readJson(request));
        return Response.json(await items.create(name), { status: 201 });
      },
    },
  };
}

function parseName(body: unknown): string {
  if (typeof body === 'object' && body !== null && 'name' in body) {
    const name = typeof body.name === 'string' ? body.name.trim() : '';
    // Postgres cannot store NUL in text.
    if (name.length >= 1 && name.length <= 200 && !name.includes('\0')) return name;
  }
  throw new HttpError(400, 'invalid_body', 'Send {"name": "…"} with 1 to 200 characters');
}
