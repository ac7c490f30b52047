import pg from 'pg';
import type { JobResult } from '../jobs.ts';
import type { PostgresStore } from './postgres.ts';

export interface ResultStore {
  /** Saving it again changes nothing. */
  save(workflowId: string, result: JobResult): Promise<void>;
}

export class PostgresResultStore implements ResultStore {
  readonly #postgres: PostgresStore;
  readonly #table: string;

  constructor(postgres: PostgresStore, tablePrefix: string) {
    this.#postgres = postgres;
    this.#table = pg.escapeIdentifier(`${tablePrefix}results`);
  }

  /** Creates the table when it is missing: on first use, and after the database was replaced. */
  async save(workflowId: string, result: JobResult): Promise<void> {
    try {
      await this.#insert(workflowId, result);
    } catch (error) {
      if (!isUndefinedTable(error)) throw error;
      await this.#createTable();
      await this.#insert(workflowId, result);
    }
  }

  async #insert(workflowId: string, { characters, words }: JobResult): Promise<void> {
    await this.#postgres.query(
      `INSERT INTO ${this.#table} (workflow_id, characters, words) VALUES ($1, $2, $3)
       ON CONFLICT (workflow_id) DO NOTHING`,
      [workflowId, characters, words],
    );
  }

  /**
   * Both statements are one transaction. The lock makes replicas that start together take turns,
   * which IF NOT EXISTS alone does not.
   */
  async #createTable(): Promise<void> {
    await this.#postgres.query(`
      SELECT pg_advisory_xact_lock(hashtext(${pg.escapeLiteral(this.#table)}));
      CREATE TABLE IF NOT EXISTS ${this.#table} (
        workflow_id text PRIMARY KEY,
        characters integer NOT NULL,
        words integer NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      )`);
  }
}

function isUndefinedTable(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === '42P01';
}
