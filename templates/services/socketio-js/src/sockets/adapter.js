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
  const adapter = createAdapter(client, {
    streamName: `${keyPrefix}socket.io`,
    channelPrefix: `${keyPrefix}socket.io`,
    sessionKeyPrefix: `${keyPrefix}socket.io:session:`,
  });
  return { adapter, close: () => client.disconnect() };
}
