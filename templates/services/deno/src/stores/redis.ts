import { Redis } from 'ioredis';
import { StoreUnavailableError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { Store, StoreStatus } from './store.ts';

/** A client that connects on first use, reconnects by itself and fails fast in between. */
export class RedisStore implements Store {
  readonly #client: Redis | undefined;

  constructor(url: string | undefined, keyPrefix: string, logger: Logger) {
    if (url === undefined) return;
    this.#client = new Redis(url, {
      keyPrefix,
      lazyConnect: true,
      connectTimeout: 3_000,
      commandTimeout: 2_000,
      // A command is never sent twice: INCR would then count twice.
      maxRetriesPerRequest: 0,
      retryStrategy: (attempt) => Math.min(attempt * 100, 1_000),
    });
    logOutages(this.#client, logger);
  }

  increment(key: string): Promise<number> {
    return this.#run((client) => client.incr(key));
  }

  async status(): Promise<StoreStatus> {
    if (this.#client === undefined) return 'off';
    return await this.#run((client) => client.ping()).then(
      () => 'up',
      () => 'down',
    );
  }

  close(): Promise<void> {
    this.#client?.disconnect();
    return Promise.resolve();
  }

  async #run<T>(command: (client: Redis) => Promise<T>): Promise<T> {
    if (this.#client === undefined) throw new StoreUnavailableError('Redis');
    try {
      return await command(this.#client);
    } catch (error) {
      throw new StoreUnavailableError('Redis', error);
    }
  }
}

/** One line when an outage begins and one when it ends, not one per attempt to reconnect. */
function logOutages(client: Redis, logger: Logger): void {
  let down = false;
  client.on('error', (err) => {
    if (!down) logger.warn('Redis connection lost', { err });
    down = true;
  });
  client.on('ready', () => {
    if (down) logger.info('Redis connection restored');
    down = false;
  });
}
