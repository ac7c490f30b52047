import assert from 'node:assert/strict';
import { StoreUnavailableError } from '../src/errors.ts';
import { serveApp } from './support/serve_app.ts';

async function post(url: string, body: BodyInit, type = 'application/json') {
  const headers = { 'content-type': type };
  const response = await fetch(`${url}/items`, { method: 'POST', headers, body });
  return { status: response.status, body: await response.json() };
}

Deno.test('creates an item and lists it', async () => {
  await using app = serveApp();
  const created = await post(app.url, '{"name":" first "}');
  assert.equal(created.status, 201);
  assert.equal(created.body.id, 1);
  assert.equal(created.body.name, 'first');

  const list = await fetch(`${app.url}/items`);
  assert.deepEqual(await list.json(), { items: [created.body] });
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
for (const [title, invalid] of Object.entries(invalidBodies)) {
  Deno.test(`refuses ${title}`, async () => {
    await using app = serveApp();
    const { status, body } = await post(app.url, invalid);
    assert.equal(status, 400);
    assert.match(body.error.code, /^invalid_(json|body)$/);
    assert.ok(body.error.message);
  });
}

Deno.test('refuses a body of another type', async () => {
  await using app = serveApp();
  assert.equal((await post(app.url, '{"name":"first"}', 'text/plain')).status, 415);
});

Deno.test('refuses a body of more than a megabyte, said or unsaid', async () => {
  await using app = serveApp();
  const body = JSON.stringify({ name: 'x'.repeat(2 ** 20) });
  assert.equal((await post(app.url, body)).status, 413);
  assert.equal((await post(app.url, new Blob([body]).stream())).status, 413);
});

Deno.test('says so when the database is down, without its details', async () => {
  const cause = new Error('connect ECONNREFUSED 10.0.0.7:5432');
  const down = () => Promise.reject(new StoreUnavailableError('Postgres', cause));
  await using app = serveApp({ items: { list: down, create: down } });
  const response = await fetch(`${app.url}/items`);
  assert.equal(response.status, 503);
  assert.deepEqual(await response.json(), {
    error: { code: 'store_unavailable', message: 'Postgres is not available' },
  });
  assert.match(JSON.stringify(app.lines), /ECONNREFUSED/);
});
