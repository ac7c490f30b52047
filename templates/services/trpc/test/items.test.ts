import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TRPCClientError } from '@trpc/client';
import { StoreUnavailableError } from '../src/errors.ts';
import type { AppRouter } from '../src/trpc/router.ts';
import { startApp } from './support/start-app.ts';

/** What the client gets to know. */
async function errorOf(call: Promise<unknown>): Promise<TRPCClientError<AppRouter>> {
  const error = await call.then(
    () => undefined,
    (reason) => reason,
  );
  assert.ok(error instanceof TRPCClientError);
  return error;
}

test('creates an item and lists it', async (t) => {
  const { client } = await startApp(t);
  const item = await client.items.create.mutate({ name: ' first ' });
  assert.equal(item.name, 'first');
  assert.deepEqual(await client.items.list.query(), [item]);
});

test('has a type for the input and for the result', async (t) => {
  const { client } = await startApp(t);
  // @ts-expect-error a name is a string
  await errorOf(client.items.create.mutate({ name: 1 }));
  const [item] = await client.items.list.query();
  // @ts-expect-error an item has no price
  assert.equal(item?.price, undefined);
});

for (const name of ['', ' ', 'x'.repeat(201), 'a\0b']) {
  test(`refuses the name ${JSON.stringify(name.slice(0, 5))}`, async (t) => {
    const { client } = await startApp(t);
    const error = await errorOf(client.items.create.mutate({ name }));
    assert.equal(error.data?.code, 'BAD_REQUEST');
    assert.ok(error.data?.input?.fieldErrors);
  });
}

test('refuses a body of more than a megabyte', async (t) => {
  const { client } = await startApp(t);
  const error = await errorOf(client.items.create.mutate({ name: 'x'.repeat(2 ** 20) }));
  assert.equal(error.data?.httpStatus, 413);
});

test('says so when the database is down, without its details', async (t) => {
  const down = async () => {
    throw new StoreUnavailableError('Postgres', new Error('connect ECONNREFUSED 10.0.0.7:5432'));
  };
  const { client, lines } = await startApp(t, { items: { list: down, create: down } });
  const error = await errorOf(client.items.list.query());
  assert.equal(error.data?.httpStatus, 503);
  assert.equal(error.message, 'Postgres is not available');
  assert.doesNotMatch(JSON.stringify(error.shape), /ECONNREFUSED/);
  assert.match(JSON.stringify(lines), /ECONNREFUSED/);
});

test('keeps the details of an unexpected error to the log', async (t) => {
  const broken = async () => {
    throw new Error('no such column');
  };
  const { client, lines } = await startApp(t, { items: { list: broken, create: broken } });
  const error = await errorOf(client.items.list.query());
  assert.equal(error.message, 'Internal server error');
  assert.doesNotMatch(JSON.stringify(error.shape), /no such column|stack/);
  assert.match(JSON.stringify(lines), /no such column/);
});

test('answers an unknown procedure with 404', async (t) => {
  const { url } = await startApp(t);
  const response = await fetch(`${url}/trpc/nowhere`);
  assert.equal(response.status, 404);
  assert.match(response.headers.get('x-request-id') ?? '', /^[0-9a-f-]{36}$/);
});
