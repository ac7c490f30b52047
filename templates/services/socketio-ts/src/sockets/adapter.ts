import { createAdapter } from '@socket.io/redis-streams-adapter';
import { Redis } from 'ioredis';
import type { Logger } from '../logger.ts';
import { logOutages } from '../stores/redis.ts';
import type { Adapter } from './server.ts';

/** Joins all replicas by a stream on Redis. What is emitted during an outage is delivered after it. */
export function redisAdapter(
  url: string | undefined,
  keyPrefix: string,
  logger: Logger,
): { adapter: Adapter | undefined; close: () => void } {
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
