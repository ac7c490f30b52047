import { Redis } from 'ioredis';
import { StoreUnavailableError } from '../errors.js';

/**
 * @import { Logger } from 'pino'
 * @import { Store, StoreStatus } from './store.js'
 */

/**
 * A client that reconnects by itself and fails fast in between. The worker has connections of its own.
 * @implements {Store}
 */
export class RedisStore {
  #client;

  /**
   * @param {string | undefined} url
   * @param {Logger} logger
   */
  constructor(url, logger) {
    if (url === undefined) return;
    this.#client = new Redis(url, {
      connectTimeout: 3_000,
      commandTimeout: 2_000,
      // A command is never sent twice: a job would then be added twice.
      maxRetriesPerRequest: 0,
      retryStrategy: (attempt) => Math.min(attempt * 100, 1_000),
    });
    logOutages(this.#client, logger);
  }

  /**
   * @template T
   * @param {(client: Redis) => Promise<T>} command
   */
  async run(command) {
    if (this.#client === undefined) throw new StoreUnavailableError('Redis');
    try {
      return await command(this.#client);
    } catch (error) {
      throw new StoreUnavailableError('Redis', error);
    }
  }

  /** @returns {Promise<StoreStatus>} */
  async status() {
    if (this.#client === undefined) return 'off';
    return this.run((client) => client.ping()).then(
      () => 'up',
      () => 'down',
    );
  }

  async close() {
    this.#client?.disconnect();
  }
}

/**
 * One line when an outage begins and one when it ends, not one per attempt to reconnect.
 * @param {Redis} client
 * @param {Logger} logger
 */
function logOutages(client, logger) {
  let down = false;
  client.on('error', (err) => {
    if (!down) logger.warn({ err }, 'Redis connection lost');
    down = true;
  });
  client.on('ready', () => {
    if (down) logger.info('Redis connection restored');
    down = false;
  });
}
