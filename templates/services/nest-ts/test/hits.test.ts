import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startApp } from './support/start-app.js';

test('counts', async (t) => {
  const { url } = await startApp(t);
  for (const hits of [1, 2, 3]) {
    const response = await fetch(`${url}/hits`, { method: 'POST' });
    assert.equal(response.status, 200);
    assert.deepEqual(await response.json(), { hits });
  }
});
