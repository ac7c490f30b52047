import { SQL } from 'bun';
import { StoreUnavailableError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { withDeadline } from './deadline.ts';
import { OutageLog } from './outages.ts';
import type { Store, StoreStatus } from './store.ts';

const CONNECT_SECONDS = 3;
const QUERY_MS = 5_000;
const CLOSE_SECONDS = 2;

/**
 * SQLSTATE classes that mean "not now" rather than "wrong query": connection, login, no such
 * database, out of resources, shutdown.
 */
const OUTAGE = /^(08|28|3D|53|57)/;

/** A pool that connects on first use, so that the service starts and stays up without its database. */
export class PostgresStore implements Store {
  readonly #sql: SQL | undefined;
  readonly #outages: OutageLog;

  constructor(url: string | undefined, logger: Logger) {
    this.#outages = new OutageLog('Postgres', logger);
    if (url === undefined) return;
    this.#sql = new SQL(url, {
      max: 5,
      connectionTimeout: CONNECT_SECONDS,
      onconnect: () => this.#outages.connected(),
      onclose: (error) => this.#outages.lost(error),
    });
  }

  /** Runs what `build` makes of the client, as in ``query((sql) => sql`SELECT 1`)``. */
  async query<Row>(build: (sql: SQL) => SQL.Query<Row[]>): Promise<Row[]> {
    if (this.#sql === undefined) throw new StoreUnavailableError('Postgres');
    try {
      const query = build(this.#sql);
      return await withDeadline(QUERY_MS, query, () => query.cancel());
    } catch (error) {
      throw isOutage(error) ? new StoreUnavailableError('Postgres', error) : error;
    }
  }

  async status(): Promise<StoreStatus> {
    if (this.#sql === undefined) return 'off';
    return this.query((sql) => sql`SELECT 1`).then(
      () => 'up',
      () => 'down',
    );
  }

  async close(): Promise<void> {
    this.#outages.end();
    await this.#sql?.close({ timeout: CLOSE_SECONDS });
  }
}

function isOutage(error: unknown): boolean {
  const sqlState = error instanceof SQL.PostgresError ? error.errno : undefined;
  return sqlState === undefined || OUTAGE.test(sqlState);
}
