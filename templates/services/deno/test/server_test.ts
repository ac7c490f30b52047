import assert from 'node:assert/strict';
import { drain } from '../src/shutdown.ts';
import { Uploads } from '../src/uploads.ts';
import { serve } from './support/serve.ts';

Deno.test('ends at once, with one line that says why, when the configuration is wrong', async () => {
  const args = ['run', '-P', '--quiet', 'src/server.ts'];
  const command = new Deno.Command('deno', { args, env: { PORT: 'abc' } });
  const { code, stdout } = await command.output();
  assert.equal(code, 1);
  assert.match(JSON.parse(new TextDecoder().decode(stdout)).message, /PORT must be a port number/);
});

Deno.test('finishes the request in flight when it shuts down', async () => {
  const received = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const { server, url } = serve(async () => {
    received.resolve();
    await released.promise;
    return new Response('done');
  });

  const answer = fetch(url).then((response) => response.text());
  await received.promise;
  const drained = drain(server, new Uploads(), 5_000);
  await Promise.resolve(); // nothing is being uploaded: by now it has stopped listening
  await assert.rejects(fetch(url), 'takes no new connection');
  released.resolve();
  assert.equal(await answer, 'done');
  await drained;
});

Deno.test('receives the whole body of a request in flight when it shuts down', async () => {
  const received = Promise.withResolvers<void>();
  const uploads = new Uploads();
  const { server, url } = serve(uploads.watch(async (request) => {
    received.resolve();
    return new Response(await request.text());
  }));

  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  const answer = fetch(url, { method: 'POST', body: readable }).then((response) => response.text());
  await writer.write(new TextEncoder().encode('first, '));
  await received.promise;
  const drained = drain(server, uploads, 5_000);
  await writer.write(new TextEncoder().encode('second'));
  await writer.close();
  assert.equal(await answer, 'first, second');
  await drained;
});

Deno.test('does not wait forever for a request that takes too long', async () => {
  const received = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const { server, url } = serve(async () => {
    received.resolve();
    await released.promise;
    return new Response('late');
  });

  const answer = fetch(url).then((response) => response.text());
  await received.promise;
  await drain(server, new Uploads(), 50);
  released.resolve();
  assert.equal(await answer, 'late');
  await server.finished;
});
