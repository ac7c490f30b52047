import type { Server } from 'bun';

/** Stops accepting, lets requests in flight finish for at most `graceMs`, then cuts what is left. */
export async function drain(server: Server<unknown>, graceMs: number): Promise<void> {
  const deadline = setTimeout(() => server.stop(true), graceMs);
  await server.stop();
  clearTimeout(deadline);
}
