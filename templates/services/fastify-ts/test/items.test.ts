import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StoreUnavailableError } from '../src/errors.ts';
import { type App, startApp } from './support/start-app.ts';

const post = (app: App, payload: string) =>
  app.inject({
    method: 'POST',
    url: '/items',
    headers: { 'content-type': 'application/json' },
    payload,
  });

test('creates an item and lists it', async (t) => {
  const { app } = startApp(t);
  const created = await post(app, '{"name":"first"}');
  assert.equal(created.statusCode, 201);
  const item = created.json();
  assert.equal(item.id, 1);
  assert.equal(item.name, 'first');

  const list = await app.inject('/items');
  assert.deepEqual(list.json(), { items: [item] });
});

const invalidBodies = {
  'no JSON': '{"name"',
  'no object': '[]',
  'no name': '{}',
  'a name of another type': '{"name":1}',
  'an empty name': '{"name":" "}',
  'a long name': JSON.stringify({ name: 'x'.repeat(201) }),
  'a NUL in the name': '{"name":"a\\u0000b"}',
};
for (const [title, body] of Object.entries(invalidBodies)) {
  test(`refuses ${title}`, async (t) => {
    const { app } = startApp(t);
    const response = await post(app, body);
    assert.equal(response.statusCode, 400);
    const { error } = response.json();
    assert.match(error.code, /^invalid_(json|body)$/);
    assert.ok(error.message);
  });
}

test('refuses a body of more than a megabyte', async (t) => {
  const { app } = startApp(t);
  const response = await post(app, JSON.stringify({ name: 'x'.repeat(2 ** 20) }));
  assert.equal(response.statusCode, 413);
});

test('says so when the database is down, without its details', async (t) => {
  const down = async () => {
    throw new StoreUnavailableError('Postgres', new Error('connect ECONNREFUSED 10.0.0.7:5432'));
  };
  const { app, lines } = startApp(t, { items: { list: down, create: down } });
  const response = await app.inject('/items');
  assert.equal(response.statusCode, 503);
  assert.deepEqual(response.json(), {
    error: { code: 'store_unavailable', message: 'Postgres is not available' },
  });
  assert.match(JSON.stringify(lines), /ECONNREFUSED/);
});
