import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { drain } from '../src/http/drain.js';

/**
 * @import { AddressInfo } from 'node:net'
 * @import { Server } from 'node:http'
 */

const main = new URL('../src/main.js', import.meta.url).pathname;

test('ends at once, with one line that says why, when the configuration is wrong', async () => {
  const child = spawn(process.execPath, [main], { env: { PORT: 'abc' } });
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  assert.equal(code, 1);
  assert.match(JSON.parse(output).message, /PORT must be a port number/);
});

test('finishes the request in flight when it shuts down', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = urlOf(server);

  const answer = fetch(url).then((response) => response.text());
  const [, response] = await once(server, 'request');
  const drained = drain(server, 5_000);
  await assert.rejects(fetch(url), 'takes no new connection');
  response.end('done');
  assert.equal(await answer, 'done');
  await drained;
});

test('does not wait forever for a request that never ends', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const answer = fetch(urlOf(server));
  await once(server, 'request');
  await drain(server, 50);
  await assert.rejects(answer);
});

/** @param {Server} server */
function urlOf(server) {
  const { port } = /** @type {AddressInfo} */ (server.address());
  return `http://127.0.0.1:${port}`;
}
