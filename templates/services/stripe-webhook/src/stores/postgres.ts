import pg from 'pg';
import { StoreUnavailableError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { Store, StoreStatus } from './store.ts';

export interface Transaction {
  query(text: string, values?: unknown[]): Promise<pg.QueryResultRow[]>;
}

/**
 * SQLSTATE classes that mean "not now" rather than "wrong query": connection, login, no such
 * database, out of resources, shutdown.
 */
const OUTAGE = /^(08|28|3D|53|57)/;
const UNDEFINED_TABLE = '42P01';

/** A pool that connects on first use, so that the service starts and stays up without its database. */
export class PostgresStore implements Store {
  readonly #pool: pg.Pool | undefined;
  readonly #schema: string;

  /** `schema` is the SQL that creates the tables where they are missing. */
  constructor(url: string | undefined, schema: string, logger: Logger) {
    this.#schema = schema;
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

  /** All that `work` does, or nothing. It may be called twice: the first use creates the tables. */
  async transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    try {
      return await this.#transaction(work);
    } catch (error) {
      if (!(error instanceof pg.DatabaseError && error.code === UNDEFINED_TABLE)) throw error;
      await this.#createTables();
      return this.#transaction(work);
    }
  }

  async status(): Promise<StoreStatus> {
    if (this.#pool === undefined) return 'off';
    return this.#pool.query('SELECT 1').then(
      () => 'up',
      () => 'down',
    );
  }

  async close(): Promise<void> {
    await this.#pool?.end();
  }

  async #transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    if (this.#pool === undefined) throw new StoreUnavailableError('Postgres');
    const client = await this.#pool.connect().catch((error: unknown) => {
      throw new StoreUnavailableError('Postgres', error);
    });
    // Unheard, the error of a connection that breaks between two queries would end the process.
    const ignore = () => {};
    client.on('error', ignore);
    const query = async (text: string, values: unknown[] = []) =>
      client.query(text, values).then(({ rows }) => rows, fail);
    let broken = true;
    try {
      await query('BEGIN');
      const result = await work({ query });
      await query('COMMIT');
      broken = false;
      return result;
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) {
        broken = await query('ROLLBACK').then(
          () => false,
          () => true,
        );
      }
      throw error;
    } finally {
      client.off('error', ignore);
      client.release(broken);
    }
  }

  /** The lock makes replicas that start together take turns, which IF NOT EXISTS alone does not. */
  async #createTables(): Promise<void> {
    const lock = `SELECT pg_advisory_xact_lock(hashtext(${pg.escapeLiteral(this.#schema)}))`;
    await this.#transaction(async (transaction) => {
      await transaction.query(lock);
      await transaction.query(this.#schema);
    });
  }
}

function fail(error: unknown): never {
  if (error instanceof pg.DatabaseError && !OUTAGE.test(error.code ?? '')) throw error;
  throw new StoreUnavailableError('Postgres', error);
}
