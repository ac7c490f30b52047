import assert from 'node:assert/strict';
import { serveApp } from './support/serve_app.ts';

Deno.test('counts', async () => {
  await using app = serveApp();
  for (const hits of [1, 2, 3]) {
    const response = await fetch(`${app.url}/hits`, { method: 'POST' });
    assert.equal(response.status, 200);
    assert.deepEqual(await response.json(), { hits });
  }
});
