import { setTimeout as sleep } from 'node:timers/promises';
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
 */
function subscribesAgain(client: Redis): Redis {
  const subscribe = client.subscribe.bind(client) as (...args: unknown[]) => Promise<unknown>;
  client.subscribe = async (...args: unknown[]) => {
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
