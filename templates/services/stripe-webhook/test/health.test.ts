import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startApp, storeThatIs } from './support/start-app.ts';

test('is healthy whatever Postgres does', async (t) => {
  const stores = { postgres: storeThatIs('down') };
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

test('is ready when Postgres answers', async (t) => {
  const stores = { postgres: storeThatIs('up') };
  const { app } = startApp(t, { stores });
  const response = await app.inject('/ready');
  assert.equal(response.statusCode, 200);
  assert.deepEqual(response.json(), {
    status: 'ready',
    checks: { postgres: 'up' },
  });
});

test('is not ready while Postgres is down', async (t) => {
  const stores = { postgres: storeThatIs('down') };
  const { app } = startApp(t, { stores });
  const response = await app.inject('/ready');
  assert.equal(response.statusCode, 503);
  assert.deepEqual(response.json(), {
    status: 'not ready',
    checks: { postgres: 'down' },
  });
});
