import type { Uploads } from './uploads.ts';

/** Stops accepting and lets requests in flight finish, but waits at most `graceMs` for that. */
export async function drain(
  server: Deno.HttpServer,
  uploads: Uploads,
  graceMs: number,
): Promise<void> {
  const { promise: deadline, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, graceMs);
  const finished = uploads.done().then(() => server.shutdown());
  await Promise.race([finished, deadline]);
  clearTimeout(timer);
}
