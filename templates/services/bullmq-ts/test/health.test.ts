import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startApp, storeThatIs } from './support/start-app.ts';

test('is healthy whatever the stores do', async (t) => {
  const stores = { worker: storeThatIs('down'), redis: storeThatIs('down') };
  const { url } = await startApp(t, { stores });
  const response = await fetch(`${url}/health`);
  const body = await response.json();
  assert.equal(response.status, 200);
  assert.equal(body.status, 'healthy');
  assert.equal(body.service, 'test');
  assert.equal(new Date(body.timestamp).toISOString(), body.timestamp);
});

test('answers the health check at a path of your own, too', async (t) => {
  const { url } = await startApp(t, { healthcheckPath: '/up.v1/live' });
  assert.equal((await fetch(`${url}/up.v1/live`)).status, 200);
  assert.equal((await fetch(`${url}/health`)).status, 200);
});

test('is ready when Redis and the worker are', async (t) => {
  const stores = { redis: storeThatIs('up'), worker: storeThatIs('up') };
  const { url } = await startApp(t, { stores });
  const response = await fetch(`${url}/ready`);
  assert.equal(response.status, 200);
  assert.deepEqual(await response.json(), {
    status: 'ready',
    checks: { redis: 'up', worker: 'up' },
  });
});

test('is not ready while a store is down', async (t) => {
  const stores = { worker: storeThatIs('down'), redis: storeThatIs('up') };
  const { url } = await startApp(t, { stores });
  const response = await fetch(`${url}/ready`);
  assert.equal(response.status, 503);
  assert.deepEqual(await response.json(), {
    status: 'not ready',
    checks: { worker: 'down', redis: 'up' },
  });
});
