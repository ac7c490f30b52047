import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRouter } from '../src/http/router.js';

const routes = ['/items/new', '/items/:id'].map((path) => ({
  method: 'GET',
  path,
  handle: ({ params }) => ({ body: { path, ...params } }),
}));
const route = createRouter(routes);
const context = (method, path) => ({ request: { method }, path });

test('passes the parameters in a path', async () => {
  const reply = await route(context('GET', '/items/7'));
  assert.deepEqual(reply.body, { path: '/items/:id', id: '7' });
});

test('takes the first route that fits', async () => {
  const reply = await route(context('HEAD', '/items/new'));
  assert.deepEqual(reply.body, { path: '/items/new' });
});

test('refuses a path that only begins like a route', async () => {
  await assert.rejects(route(context('GET', '/items/7/')), { code: 'not_found' });
});
