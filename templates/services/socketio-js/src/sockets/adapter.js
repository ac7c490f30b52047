import { setTimeout as sleep } from 'node:timers/promises';
import { createAdapter } from '@socket.io/redis-streams-adapter';
import { Redis } from 'ioredis';
import { logOutages } from '../stores/redis.js';

/** @import { Logger } from 'pino' */

/**
 * Joins all replicas by a stream on Redis. What is emitted during an outage is delivered after it.
 * @param {string | undefined} url
 * @param {string} keyPrefix
 * @param {Logger} logger
 */
export function redisAdapter(url, keyPrefix, logger) {
  if (url === undefined) return { adapter: undefined, close: () => {} };
  const client = new Redis(url, {
    maxRetriesPerRequest: null, // the adapter expects commands to wait rather than to fail
    retryStrategy: (attempt) => Math.min(attempt * 100, 1_000),
  });
  logOutages(client, logger);
  const duplicate = client.duplicate.bind(client);
  client.duplicate = (options) => subscribesAgain(duplicate(options));
  const adapter = createAdapter(client, {
    streamName: `${keyPrefix}socket.io`,
    channelPrefix: `${keyPrefix}socket.io`,
    sessionKeyPrefix: `${keyPrefix}socket.io:session:`,
  });
  return { adapter, close: () => client.disconnect() };
}

/**
 * The adapter does not catch it when a copy of its client cannot subscribe. ioredis says so when Redis
 * refuses the password, which is no reason to end: the service has more to do than this.
 * @param {Redis} client
 */
function subscribesAgain(client) {
  /** @type {(...args: any[]) => Promise<unknown>} */
  const subscribe = client.subscribe.bind(client);
  client.subscribe = async (/** @type {unknown[]} */ ...args) => {
    for (;;) {
      try {
        return await subscribe(...args);
      } catch {
        await sleep(1_000, undefined, { ref: false });
      }
    }
  };
  return client;
}
