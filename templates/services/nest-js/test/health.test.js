import assert from 'node:assert/strict';
import { test } from 'node:test';
import { postgresThatIs, redisThatIs, startApp } from './support/start-app.js';

test('is healthy whatever the stores do', async (t) => {
  const stores = { postgres: postgresThatIs('down'), redis: redisThatIs('down') };
  const { url } = await startApp(t, stores);
  const response = await fetch(`${url}/health`);
  const body = await response.json();
  assert.equal(response.status, 200);
  assert.equal(body.status, 'healthy');
  assert.equal(body.service, 'test');
  assert.equal(new Date(body.timestamp).toISOString(), body.timestamp);
});

test('answers the health check at a path of your own, too', async (t) => {
  const { url } = await startApp(t, { env: { HEALTHCHECK_PATH: '/up.v1/live' } });
  assert.equal((await fetch(`${url}/up.v1/live`)).status, 200);
  assert.equal((await fetch(`${url}/health`)).status, 200);
});

test('never hides an endpoint behind the health check', async (t) => {
  for (const path of ['/', '/items', '/ready']) {
    const { url } = await startApp(t, { env: { HEALTHCHECK_PATH: path } });
    const response = await fetch(`${url}${path}`);
    assert.notEqual((await response.json()).status, 'healthy');
  }
});

test('is ready when every configured store answers', async (t) => {
  const stores = { postgres: postgresThatIs('up'), redis: redisThatIs('off') };
  const { url } = await startApp(t, stores);
  const response = await fetch(`${url}/ready`);
  assert.equal(response.status, 200);
  assert.deepEqual(await response.json(), {
    status: 'ready',
    checks: { postgres: 'up', redis: 'off' },
  });
});

test('is not ready while a store is down', async (t) => {
  const stores = { postgres: postgresThatIs('down'), redis: redisThatIs('up') };
  const { url } = await startApp(t, stores);
  const response = await fetch(`${url}/ready`);
  assert.equal(response.status, 503);
  assert.deepEqual(await response.json(), {
    status: 'not ready',
    checks: { postgres: 'down', redis: 'up' },
  });
});
