import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startApp } from './support/start-app.js';

test('counts', async (t) => {
  const { app } = startApp(t);
  for (const hits of [1, 2, 3]) {
    const response = await app.inject({ url: '/hits', method: 'POST' });
    assert.equal(response.statusCode, 200);
    assert.deepEqual(response.json(), { hits });
  }
});
