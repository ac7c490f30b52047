import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { drain } from '../src/shutdown.js';

test('ends at once, with one line that says why, when the configuration is wrong', async () => {
  const child = spawn(process.execPath, ['src/server.js'], { env: { PORT: 'abc' } });
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  assert.equal(code, 1);
  assert.match(JSON.parse(output).message, /PORT must be a port number/);
});

test('finishes the request in flight when it shuts down', async () => {
  const { promise: received, resolve: receive } = Promise.withResolvers();
  const { promise: released, resolve: release } = Promise.withResolvers();
  const server = createServer(async (_request, response) => {
    receive();
    await released;
    response.end('done');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${server.address().port}`;

  const answer = fetch(url).then((response) => response.text());
  await received;
  const drained = drain(server, 5_000);
  await assert.rejects(fetch(url), 'takes no new connection');
  release();
  assert.equal(await answer, 'done');
  await drained;
});

test('does not wait forever for a request that never ends', async () => {
  const server = createServer(() => {}).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const answer = fetch(`http://127.0.0.1:${server.address().port}`);
  await once(server, 'request');
  await drain(server, 50);
  await assert.rejects(answer);
});
