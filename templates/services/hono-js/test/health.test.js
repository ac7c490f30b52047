import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestApp, storeThatIs } from './support/test-app.js';

test('is healthy whatever the stores do', async () => {
  const stores = { postgres: storeThatIs('down'), redis: storeThatIs('down') };
  const { app } = createTestApp({ stores });
  const response = await app.request('/health');
  const body = await response.json();
  assert.equal(response.status, 200);
  assert.equal(body.status, 'healthy');
  assert.equal(body.service, 'test');
  assert.equal(new Date(body.timestamp).toISOString(), body.timestamp);
});

test('answers the health check at a path of your own, too', async () => {
  const { app } = createTestApp({ healthcheckPath: '/up.v1/live' });
  assert.equal((await app.request('/up.v1/live')).status, 200);
  assert.equal((await app.request('/health')).status, 200);
});

test('is ready when every configured store answers', async () => {
  const stores = { postgres: storeThatIs('up'), redis: storeThatIs('off') };
  const { app } = createTestApp({ stores });
  const response = await app.request('/ready');
  assert.equal(response.status, 200);
  assert.deepEqual(await response.json(), {
    status: 'ready',
    checks: { postgres: 'up', redis: 'off' },
  });
});

test('is not ready while a store is down', async () => {
  const stores = { postgres: storeThatIs('down'), redis: storeThatIs('up') };
  const { app } = createTestApp({ stores });
  const response = await app.request('/ready');
  assert.equal(response.status, 503);
  assert.deepEqual(await response.json(), {
    status: 'not ready',
    checks: { postgres: 'down', redis: 'up' },
  });
});
