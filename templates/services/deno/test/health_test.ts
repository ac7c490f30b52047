import assert from 'node:assert/strict';
import { serveApp, storeThatIs } from './support/serve_app.ts';

Deno.test('is healthy whatever the stores do', async () => {
  const stores = { postgres: storeThatIs('down'), redis: storeThatIs('down') };
  await using app = serveApp({ stores });
  const response = await fetch(`${app.url}/health`);
  const body = await response.json();
  assert.equal(response.status, 200);
  assert.equal(body.status, 'healthy');
  assert.equal(body.service, 'test');
  assert.equal(new Date(body.timestamp).toISOString(), body.timestamp);
});

Deno.test('answers the health check at a path of your own, too', async () => {
  await using app = serveApp({ healthcheckPath: '/up.v1/live' });
  for (const path of ['/up.v1/live', '/health']) {
    const response = await fetch(`${app.url}${path}`);
    assert.equal((await response.json()).status, 'healthy');
  }
});

Deno.test('is ready when every configured store answers', async () => {
  const stores = { postgres: storeThatIs('up'), redis: storeThatIs('off') };
  await using app = serveApp({ stores });
  const response = await fetch(`${app.url}/ready`);
  assert.equal(response.status, 200);
  assert.deepEqual(await response.json(), {
    status: 'ready',
    checks: { postgres: 'up', redis: 'off' },
  });
});

Deno.test('is not ready while a store is down', async () => {
  const stores = { postgres: storeThatIs('down'), redis: storeThatIs('up') };
  await using app = serveApp({ stores });
  const response = await fetch(`${app.url}/ready`);
  assert.equal(response.status, 503);
  assert.deepEqual(await response.json(), {
    status: 'not ready',
    checks: { postgres: 'down', redis: 'up' },
  });
});
