import { expect, test } from 'bun:test';
import { StoreUnavailableError } from '../src/errors.ts';
import { startApp } from './support/start-app.ts';

const post = (url: string, body: RequestInit['body'], type = 'application/json') =>
  fetch(`${url}/items`, { method: 'POST', headers: { 'content-type': type }, body: body ?? null });

test('creates an item and lists it', async () => {
  await using app = startApp();
  const created = await post(app.url, '{"name":" first "}');
  expect(created.status).toBe(201);
  const item = { id: 1, name: 'first', createdAt: expect.any(String) };
  expect(await created.json()).toEqual(item);

  const list = await fetch(`${app.url}/items`);
  expect(await list.json()).toEqual({ items: [item] });
});

test.each([
  ['no JSON', '{"name"'],
  ['no object', '[]'],
  ['no name', '{}'],
  ['a name of another type', '{"name":1}'],
  ['an empty name', '{"name":" "}'],
  ['a long name', JSON.stringify({ name: 'x'.repeat(201) })],
  ['a NUL in the name', '{"name":"a\\u0000b"}'],
])('refuses %s', async (_title, body) => {
  await using app = startApp();
  const response = await post(app.url, body);
  expect(response.status).toBe(400);
  const code = expect.stringMatching(/^invalid_(json|body)$/);
  expect(await response.json()).toEqual({ error: { code, message: expect.any(String) } });
});

test('refuses a body of another type', async () => {
  await using app = startApp();
  expect((await post(app.url, '{"name":"first"}', 'text/plain')).status).toBe(415);
});

test('refuses a body of more than a megabyte, said or unsaid', async () => {
  await using app = startApp();
  const body = JSON.stringify({ name: 'x'.repeat(2 ** 20) });
  expect((await post(app.url, body)).status).toBe(413);
  expect((await post(app.url, new Blob([body]).stream())).status).toBe(413);
});

test('says so when the database is down, without its details', async () => {
  const down = async () => {
    throw new StoreUnavailableError('Postgres', new Error('connect ECONNREFUSED 10.0.0.7:5432'));
  };
  await using app = startApp({ items: { list: down, create: down } });
  const response = await fetch(`${app.url}/items`);
  expect(response.status).toBe(503);
  expect(await response.json()).toEqual({
    error: { code: 'store_unavailable', message: 'Postgres is not available' },
  });
  expect(JSON.stringify(app.lines)).toContain('ECONNREFUSED');
});
