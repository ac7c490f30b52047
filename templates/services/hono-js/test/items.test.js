import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StoreUnavailableError } from '../src/errors.js';
import { createTestApp } from './support/test-app.js';

const post = (app, body) =>
  app.request('/items', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-length': `${body.length}` },
    body,
  });

test('creates an item and lists it', async () => {
  const { app } = createTestApp();
  const created = await post(app, '{"name":"first"}');
  assert.equal(created.status, 201);
  const item = await created.json();
  assert.equal(item.id, 1);
  assert.equal(item.name, 'first');

  const list = await app.request('/items');
  assert.deepEqual(await list.json(), { items: [item] });
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
  test(`refuses ${title}`, async () => {
    const { app } = createTestApp();
    const response = await post(app, body);
    assert.equal(response.status, 400);
    const { error } = await response.json();
    assert.match(error.code, /^invalid_(json|body)$/);
    assert.ok(error.message);
  });
}

test('refuses a body of more than a megabyte', async () => {
  const { app } = createTestApp();
  const response = await post(app, JSON.stringify({ name: 'x'.repeat(2 ** 20) }));
  assert.equal(response.status, 413);
});

test('says so when the database is down, without its details', async () => {
  const down = async () => {
    throw new StoreUnavailableError('Postgres', new Error('connect ECONNREFUSED 10.0.0.7:5432'));
  };
  const { app, lines } = createTestApp({ items: { list: down, create: down } });
  const response = await app.request('/items');
  assert.equal(response.status, 503);
  assert.deepEqual(await response.json(), {
    error: { code: 'store_unavailable', message: 'Postgres is not available' },
  });
  assert.match(JSON.stringify(lines), /ECONNREFUSED/);
});
