import { RedisClient } from 'bun';
import { StoreUnavailableError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { withDeadline } from './deadline.ts';
import { OutageLog } from './outages.ts';
import type { Store, StoreStatus } from './store.ts';

const CONNECT_MS = 3_000;
const COMMAND_MS = 2_000;

/** A client that connects when it is used and is not connected, and fails fast when it cannot. */
export class RedisStore implements Store {
  readonly #client: RedisClient | undefined;
  readonly #keyPrefix: string;
  readonly #outages: OutageLog;

  constructor(url: string | undefined, keyPrefix: string, logger: Logger) {
    this.#keyPrefix = keyPrefix;
    this.#outages = new OutageLog('Redis', logger);
    if (url === undefined) return;
    this.#client = new RedisClient(url, {
      connectionTimeout: CONNECT_MS,
      // A command is never kept for later or sent twice: INCR would then count what was refused.
      autoReconnect: false,
      enableOfflineQueue: false,
    });
    this.#client.onconnect = () => this.#outages.connected();
    this.#client.onclose = (error) => this.#outages.lost(error);
  }

  async increment(key: string): Promise<number> {
    return this.#run((client) => client.incr(`${this.#keyPrefix}${key}`));
  }

  async status(): Promise<StoreStatus> {
    if (this.#client === undefined) return 'off';
    return this.#run((client) => client.ping()).then(
      () => 'up',
      () => 'down',
    );
  }

  async close(): Promise<void> {
    this.#outages.end();
    this.#client?.close();
  }

  async #run<T>(command: (client: RedisClient) => Promise<T>): Promise<T> {
    const client = this.#client;
    if (client === undefined) throw new StoreUnavailableError('Redis');
    try {
      if (!client.connected) await client.connect();
      // A connection that does not answer is dropped, so that the next command makes a new one.
      return await withDeadline(COMMAND_MS, command(client), () => client.close());
    } catch (error) {
      throw new StoreUnavailableError('Redis', error);
    }
  }
}
