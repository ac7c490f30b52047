import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startApp, storeThatIs } from './support/start-app.js';

const storesThatAre = (temporal, worker, postgres) => ({
  temporal: storeThatIs(temporal),
  worker: storeThatIs(worker),
  postgres: storeThatIs(postgres),
});

test('is healthy whatever the stores do', async (t) => {
  const { url } = await startApp(t, { stores: storesThatAre('down', 'down', 'down') });
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

test('is ready when Temporal and the worker are, without a database', async (t) => {
  const { url } = await startApp(t, { stores: storesThatAre('up', 'up', 'off') });
  const response = await fetch(`${url}/ready`);
  assert.equal(response.status, 200);
  assert.deepEqual(await response.json(), {
    status: 'ready',
    checks: { temporal: 'up', worker: 'up', postgres: 'off' },
  });
});

test('is not ready while one of them is down', async (t) => {
  const { url } = await startApp(t, { stores: storesThatAre('up', 'down', 'up') });
  const response = await fetch(`${url}/ready`);
  assert.equal(response.status, 503);
  assert.deepEqual(await response.json(), {
    status: 'not ready',
    checks: { temporal: 'up', worker: 'down', postgres: 'up' },
  });
});
