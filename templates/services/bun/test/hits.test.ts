import { expect, test } from 'bun:test';
import { startApp } from './support/start-app.ts';

test('counts', async () => {
  await using app = startApp();
  for (const hits of [1, 2, 3]) {
    const response = await fetch(`${app.url}/hits`, { method: 'POST' });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ hits });
  }
});
