import { readJson } from '../http/json.ts';
import type { Route } from '../http/router.ts';
import { createCaller } from '../trpc/router.ts';
import type { Context } from '../trpc/trpc.ts';

/** Procedures for those who speak plain HTTP: same code, same rules for the input. */
export function restRoutes(context: Context): Route[] {
  const { items, hits } = createCaller(context);
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
        const input = (await readJson(request)) as Parameters<typeof items.create>[0];
        return { status: 201, body: await items.create(input) };
      },
    },
    {
      method: 'POST',
      path: '/hits',
      handle: async () => ({ body: { hits: await hits.increment() } }),
    },
  ];
}
