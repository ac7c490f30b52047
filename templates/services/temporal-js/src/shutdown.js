/** @import { Server } from 'node:http' */

/**
 * Stops accepting, lets requests in flight finish for at most `graceMs`, then cuts what is left.
 * @param {Server} server
 * @param {number} graceMs
 */
export async function drain(server, graceMs) {
  // Requests that still come, over connections kept alive, are answered and are the last on theirs.
  server.prependListener('request', (_request, response) => {
    response.setHeader('connection', 'close');
  });
  // `close` drops the connections that are idle now, not those that become idle later.
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  const deadline = setTimeout(() => server.closeAllConnections(), graceMs);
  await new Promise((resolve) => server.close(resolve));
  clearInterval(sweep);
  clearTimeout(deadline);
}
