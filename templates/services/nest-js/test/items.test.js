import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StoreUnavailableException } from '../src/stores/store.js';
import { startApp } from './support/start-app.js';

const post = (url, body) =>
  fetch(`${url}/items`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });

test('creates an item and lists it', async (t) => {
  const { url } = await startApp(t);
  const created = await post(url, '{"name":"first"}');
  assert.equal(created.status, 201);
  const item = await created.json();
  assert.equal(item.id, 1);
  assert.equal(item.name, 'first');

  const list = await fetch(`${url}/items`);
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
  test(`refuses ${title}`, async (t) => {
    const { url } = await startApp(t);
    const response = await post(url, body);
    assert.equal(response.status, 400);
    const { error } = await response.json();
    assert.match(error.code, /^invalid_(json|body)$/);
    assert.ok(error.message);
  });
}

test('refuses a form', async (t) => {
  const { url } = await startApp(t);
  const body = new URLSearchParams({ name: 'first' });
  const response = await fetch(`${url}/items`, { method: 'POST', body });
  assert.equal(response.status, 400);
});

test('refuses a body of more than a megabyte', async (t) => {
  const { url } = await startApp(t);
  const response = await post(url, JSON.stringify({ name: 'x'.repeat(2 ** 20) }));
  assert.equal(response.status, 413);
});

test('says so when the database is down, without its details', async (t) => {
  const down = async () => {
    throw new StoreUnavailableException('Postgres', new Error('connect ECONNREFUSED 10.0.0.7:5432'));
  };
  const { url, lines } = await startApp(t, { items: { list: down, create: down } });
  const response = await fetch(`${url}/items`);
  assert.equal(response.status, 503);
  assert.deepEqual(await response.json(), {
    error: { code: 'store_unavailable', message: 'Postgres is not available' },
  });
  assert.match(JSON.stringify(lines), /ECONNREFUSED/);
});
