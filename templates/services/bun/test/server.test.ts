import { expect, test } from 'bun:test';
import { drain } from '../src/shutdown.ts';

test('ends at once, with one line that says why, when the configuration is wrong', async () => {
  const server = Bun.spawn([process.execPath, 'src/server.ts'], { env: { PORT: 'abc' } });
  const output = await new Response(server.stdout).text();
  expect(await server.exited).toBe(1);
  expect(JSON.parse(output).message).toMatch(/PORT must be a port number/);
});

test('finishes the request in flight when it shuts down', async () => {
  const received = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  await using server = Bun.serve({
    port: 0,
    fetch: async () => {
      received.resolve();
      await released.promise;
      return new Response('done');
    },
  });

  const answer = fetch(server.url).then((response) => response.text());
  await received.promise;
  const drained = drain(server, 5_000);
  await expect(fetch(server.url, { keepalive: false })).rejects.toThrow();
  released.resolve();
  expect(await answer).toBe('done');
  await drained;
});

test('does not wait forever for a request that never ends', async () => {
  const received = Promise.withResolvers<void>();
  await using server = Bun.serve({
    port: 0,
    fetch: () => {
      received.resolve();
      return new Promise<Response>(() => {});
    },
  });
  const answer = fetch(server.url);
  await received.promise;
  await drain(server, 50);
  await expect(answer).rejects.toThrow();
});
