import { expect, test } from 'bun:test';
import { startApp, storeThatIs } from './support/start-app.ts';

test('is healthy whatever the stores do', async () => {
  const stores = { postgres: storeThatIs('down'), redis: storeThatIs('down') };
  await using app = startApp({ stores });
  const response = await fetch(`${app.url}/health`);
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({
    status: 'healthy',
    service: 'test',
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
  });
});

test('answers the health check at a path of your own, too', async () => {
  await using app = startApp({ healthcheckPath: '/up.v1/live' });
  expect((await fetch(`${app.url}/up.v1/live`)).status).toBe(200);
  expect((await fetch(`${app.url}/health`)).status).toBe(200);
});

test('is ready when every configured store answers', async () => {
  const stores = { postgres: storeThatIs('up'), redis: storeThatIs('off') };
  await using app = startApp({ stores });
  const response = await fetch(`${app.url}/ready`);
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({
    status: 'ready',
    checks: { postgres: 'up', redis: 'off' },
  });
});

test('is not ready while a store is down', async () => {
  const stores = { postgres: storeThatIs('down'), redis: storeThatIs('up') };
  await using app = startApp({ stores });
  const response = await fetch(`${app.url}/ready`);
  expect(response.status).toBe(503);
  expect(await response.json()).toEqual({
    status: 'not ready',
    checks: { postgres: 'down', redis: 'up' },
  });
});
