import pg from 'pg';
import { StoreUnavailableError } from '../errors.js';

/**
 * @import { Logger } from 'pino'
 * @import { Store, StoreStatus } from './store.js'
 */

/**
 * SQLSTATE classes that mean "not now" rather than "wrong query": connection, login, no such
 * database, out of resources, shutdown.
 */
const OUTAGE = /^(08|28|3D|53|57)/;

/**
 * A pool that connects on first use, so that the service starts and stays up without its database.
 * @implements {Store}
 */
export class PostgresStore {
  #pool;

  /**
   * @param {string | undefined} url
   * @param {Logger} logger
   */
  constructor(url, logger) {
    if (url === undefined) return;
    this.#pool = new pg.Pool({
      connectionString: url,
      max: 5,
      connectionTimeoutMillis: 3_000,
      query_timeout: 5_000,
      keepAlive: true,
    });
    // A connection that breaks while idle is replaced on next use. Unheard, the event would end
    // the process.
    this.#pool.on('error', (err) => logger.warn({ err }, 'Postgres connection lost'));
  }

  /**
   * @param {string} text
   * @param {unknown[]} [values]
   */
  async query(text, values = []) {
    if (this.#pool === undefined) throw new StoreUnavailableError('Postgres');
    try {
      return (await this.#pool.query(text, values)).rows;
    } catch (error) {
      if (error instanceof pg.DatabaseError && !OUTAGE.test(error.code ?? '')) throw error;
      throw new StoreUnavailableError('Postgres', error);
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

  async close() {
    await this.#pool?.end();
  }
}
