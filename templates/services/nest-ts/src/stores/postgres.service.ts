import { AsyncLocalStorage } from 'node:async_hooks';
import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import { CONFIG, type Config } from '../config/config.js';
import { type StoreStatus, StoreUnavailableException } from './store.js';

/**
 * SQLSTATE classes that mean "not now" rather than "wrong query": connection, login, no such
 * database, out of resources, shutdown.
 */
const OUTAGE = /^(08|28|3D|53|57)/;

/** A pool that connects on first use, so that the service starts and stays up without its database. */
@Injectable()
export class PostgresService implements OnApplicationShutdown {
  private readonly logger = new Logger(PostgresService.name);
  private readonly pool: pg.Pool | undefined;

  constructor(@Inject(CONFIG) { databaseUrl }: Config) {
    if (databaseUrl === undefined) return;
    this.pool = new pg.Pool({
      connectionString: databaseUrl,
      max: 5,
      connectionTimeoutMillis: 3_000,
      query_timeout: 5_000,
      keepAlive: true,
    });
    const lost = (err: Error) => this.logger.warn('Postgres connection lost', { err });
    // A connection that breaks while idle is replaced on next use. Unheard, the event would end the
    // process. Bound, or the line would carry the id of the request that opened the connection.
    this.pool.on('error', AsyncLocalStorage.bind(lost));
  }

  async query<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    if (this.pool === undefined) throw new StoreUnavailableException('Postgres');
    try {
      return (await this.pool.query<Row>(text, values)).rows;
    } catch (error) {
      if (error instanceof pg.DatabaseError && !OUTAGE.test(error.code ?? '')) throw error;
      throw new StoreUnavailableException('Postgres', error);
    }
  }

  async status(): Promise<StoreStatus> {
    if (this.pool === undefined) return 'off';
    return this.query('SELECT 1').then(
      () => 'up',
      () => 'down',
    );
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool?.end();
  }
}
