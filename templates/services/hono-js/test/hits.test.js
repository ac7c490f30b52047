import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestApp } from './support/test-app.js';

test('counts', async () => {
  const { app } = createTestApp();
  for (const hits of [1, 2, 3]) {
    const response = await app.request('/hits', { method: 'POST' });
    assert.equal(response.status, 200);
    assert.deepEqual(await response.json(), { hits });
  }
});
