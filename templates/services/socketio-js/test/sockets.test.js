import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StoreUnavailableError } from '../src/errors.js';
import { startApp } from './support/start-app.js';

const nextItem = (client) => new Promise((resolve) => client.once('items:created', resolve));

test('creates an item and lists it', async (t) => {
  const { connect } = await startApp(t);
  const client = await connect();
  const created = await client.emitWithAck('items:create', { name: ' first ' });
  assert.ok('item' in created);
  assert.equal(created.item.name, 'first');
  assert.deepEqual(await client.emitWithAck('items:list'), { items: [created.item] });
});

test('tells everyone about a new item', async (t) => {
  const { connect } = await startApp(t);
  const [author, reader] = await Promise.all([connect(), connect()]);
  const told = Promise.all([nextItem(author), nextItem(reader)]);
  const created = await author.emitWithAck('items:create', { name: 'first' });
  assert.ok('item' in created);
  assert.deepEqual(await told, [created.item, created.item]);
});

test('tells everyone about an item that was made by HTTP', async (t) => {
  const { url, connect } = await startApp(t);
  const told = nextItem(await connect());
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${url}/items`, { method: 'POST', headers, body: '{"name":"x"}' });
  assert.deepEqual(await told, await response.json());
});

for (const body of [undefined, null, [], {}, { name: 1 }, { name: ' ' }, { name: 'a\0b' }]) {
  test(`refuses ${JSON.stringify(body)}`, async (t) => {
    const { connect } = await startApp(t);
    const client = await connect();
    const answer = await client.emitWithAck('items:create', body);
    assert.ok('error' in answer);
    assert.equal(answer.error.code, 'invalid_body');
  });
}

test('stands events that are not what they should be', async (t) => {
  const { connect } = await startApp(t);
  const client = await connect();
  client.emit('items:list');
  client.emit('items:list', 'no function');
  client.emit('items:create');
  client.emit('unknown', 1);
  assert.deepEqual(await client.emitWithAck('items:list'), { items: [] });
});

test('says so when the database is down, without its details', async (t) => {
  const down = async () => {
    throw new StoreUnavailableError('Postgres', new Error('connect ECONNREFUSED 10.0.0.7:5432'));
  };
  const { connect, lines } = await startApp(t, { items: { list: down, create: down } });
  const client = await connect();
  assert.deepEqual(await client.emitWithAck('items:list'), {
    error: { code: 'store_unavailable', message: 'Postgres is not available' },
  });
  assert.match(JSON.stringify(lines), /ECONNREFUSED/);
});

test('logs who comes and goes', async (t) => {
  const { connect, lines } = await startApp(t);
  const client = await connect();
  const { id } = client;
  client.disconnect();
  while (!lines.some((line) => line.message === 'Socket disconnected' && line.socketId === id)) {
    await new Promise(setImmediate);
  }
  assert.ok(lines.some((line) => line.message === 'Socket connected' && line.socketId === id));
});
