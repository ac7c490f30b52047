import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startApp, storeThatIs } from './support/start-app.js';

test('is healthy whatever the stores do', async (t) => {
  const stores = { postgres: storeThatIs('down'), redis: storeThatIs('down') };
  const { app } = startApp(t, { stores });
  const response = await app.inject('/health');
  const body = response.json();
  assert.equal(response.statusCode, 200);
  assert.equal(body.status, 'healthy');
  assert.equal(body.service, 'test');
  assert.equal(new Date(body.timestamp).toISOString(), body.timestamp);
});

test('answers the health check at a path of your own, too', async (t) => {
  const { app } = startApp(t, { healthcheckPath: '/up.v1/live' });
  assert.equal((await app.inject('/up.v1/live')).statusCode, 200);
  assert.equal((await app.inject('/health')).statusCode, 200);
});

test('is ready when every configured store answers', async (t) => {
  const stores = { postgres: storeThatIs('up'), redis: storeThatIs('off') };
  const { app } = startApp(t, { stores });
  const response = await app.inject('/ready');
  assert.equal(response.statusCode, 200);
  assert.deepEqual(response.json(), {
    status: 'ready',
    checks: { postgres: 'up', redis: 'off' },
  });
});

test('is not ready while a store is down', async (t) => {
  const stores = { postgres: storeThatIs('down'), redis: storeThatIs('up') };
  const { app } = startApp(t, { stores });
  const response = await app.inject('/ready');
  assert.equal(response.statusCode, 503);
  assert.deepEqual(response.json(), {
    status: 'not ready',
    checks: { postgres: 'down', redis: 'up' },
  });
});
