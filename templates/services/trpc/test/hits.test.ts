import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startApp } from './support/start-app.ts';

test('counts', async (t) => {
  const { url, client } = await startApp(t);
  assert.equal(await client.hits.increment.mutate(), 1);
  for (const hits of [2, 3]) {
    const response = await fetch(`${url}/hits`, { method: 'POST' });
    assert.equal(response.status, 200);
    assert.deepEqual(await response.json(), { hits });
  }
});
