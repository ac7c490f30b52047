import assert from 'node:assert/strict';
import { type Context, createRouter } from '../src/http/router.ts';
import { Logger } from '../src/logger.ts';

const routes = ['/items/new', '/items/:id'].map((path) => ({
  method: 'GET',
  path,
  handle: ({ params }: Context) => Response.json({ path, ...params }),
}));
const route = createRouter(routes);
const context = (method: string, path: string) => ({
  request: new Request(`http://test${path}`, { method }),
  path,
  log: new Logger({ service: 'test', level: 'silent' }),
});

Deno.test('passes the parameters in a path', async () => {
  const response = await route(context('GET', '/items/7'));
  assert.deepEqual(await response.json(), { path: '/items/:id', id: '7' });
});

Deno.test('takes the first route that fits', async () => {
  const response = await route(context('HEAD', '/items/new'));
  assert.deepEqual(await response.json(), { path: '/items/new' });
});

Deno.test('refuses a path that only begins like a route', () => {
  assert.throws(() => route(context('GET', '/items/7/')), { code: 'not_found' });
});
