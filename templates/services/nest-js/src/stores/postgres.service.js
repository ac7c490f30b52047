import { AsyncLocalStorage } from 'node:async_hooks';
import { Dependencies, Logger } from '@nestjs/common';
import pg from 'pg';
import { CONFIG } from '../config/config.js';
import { StoreUnavailableException } from './store.js';

/**
 * @import { Config } from '../config/config.js'
 * @import { StoreStatus } from './store.js'
 */

/**
 * SQLSTATE classes that mean "not now" rather than "wrong query": connection, login, no such
 * database, out of resources, shutdown.
 */
const OUTAGE = /^(08|28|3D|53|57)/;

/** A pool that connects on first use, so that the service starts and stays up without its database. */
@Dependencies(CONFIG)
export class PostgresService {
  #logger = new Logger(PostgresService.name);
  #pool;

  /** @param {Config} config */
  constructor({ databaseUrl }) {
    if (databaseUrl === undefined) return;
    this.#pool = new pg.Pool({
      connectionString: databaseUrl,
      max: 5,
      connectionTimeoutMillis: 3_000,
      query_timeout: 5_000,
      keepAlive: true,
    });
    const lost = (/** @type {Error} */ err) => this.#logger.warn('Postgres connection lost', { err });
    // A connection that breaks while idle is replaced on next use. Unheard, the event would end the
    // process. Bound, or the line would carry the id of the request that opened the connection.
    this.#pool.on('error', AsyncLocalStorage.bind(lost));
  }

  /**
   * @param {string} text
   * @param {unknown[]} [values]
   */
  async query(text, values = []) {
    if (this.#pool === undefined) throw new StoreUnavailableException('Postgres');
    try {
      return (await this.#pool.query(text, values)).rows;
    } catch (error) {
      if (error instanceof pg.DatabaseError && !OUTAGE.test(error.code ?? '')) throw error;
      throw new StoreUnavailableException('Postgres', error);
    }
  }

  /** @returns {Promise<StoreStatus>} */
  async status() {
    if (this.#pool === undefined) return 'off';
    return this.query('SELECT 1').then(
      () => 'up',
      () => 'down',
    );
  }

  async onApplicationShutdown() {
    await this.#pool?.end();
  }
}
