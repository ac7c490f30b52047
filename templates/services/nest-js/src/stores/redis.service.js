import { AsyncLocalStorage } from 'node:async_hooks';
import { Dependencies, Logger } from '@nestjs/common';
import { Redis } from 'ioredis';
import { CONFIG } from '../config/config.js';
import { StoreUnavailableException } from './store.js';

/**
 * @import { Config } from '../config/config.js'
 * @import { StoreStatus } from './store.js'
 */

/** A client that connects on first use, reconnects by itself and fails fast in between. */
@Dependencies(CONFIG)
export class RedisService {
  #logger = new Logger(RedisService.name);
  #client;

  /** @param {Config} config */
  constructor({ redisUrl, redisPrefix }) {
    if (redisUrl === undefined) return;
    this.#client = new Redis(redisUrl, {
      keyPrefix: redisPrefix,
      lazyConnect: true,
      connectTimeout: 3_000,
      commandTimeout: 2_000,
      // A command is never sent twice: INCR would then count twice.
      maxRetriesPerRequest: 0,
      retryStrategy: (attempt) => Math.min(attempt * 100, 1_000),
    });
    this.#logOutages(this.#client);
  }

  /** @param {string} key */
  async increment(key) {
    return this.#run((client) => client.incr(key));
  }

  /** @returns {Promise<StoreStatus>} */
  async status() {
    if (this.#client === undefined) return 'off';
    return this.#run((client) => client.ping()).then(
      () => 'up',
      () => 'down',
    );
  }

  onApplicationShutdown() {
    this.#client?.disconnect();
  }

  /**
   * @template T
   * @param {(client: Redis) => Promise<T>} command
   */
  async #run(command) {
    if (this.#client === undefined) throw new StoreUnavailableException('Redis');
    try {
      return await command(this.#client);
    } catch (error) {
      throw new StoreUnavailableException('Redis', error);
    }
  }

  /**
   * One line when an outage begins and one when it ends, not one per attempt to reconnect.
   * @param {Redis} client
   */
  #logOutages(client) {
    let down = false;
    const lost = (/** @type {Error} */ err) => {
      if (!down) this.#logger.warn('Redis connection lost', { err });
      down = true;
    };
    const ready = () => {
      if (down) this.#logger.log('Redis connection restored');
      down = false;
    };
    // Bound, or the lines would carry the id of the request that happened to open the connection.
    client.on('error', AsyncLocalStorage.bind(lost));
    client.on('ready', AsyncLocalStorage.bind(ready));
  }
}
