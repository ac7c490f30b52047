import pg from 'pg';

/**
 * @import { JobResult } from '../jobs.js'
 * @import { PostgresStore } from './postgres.js'
 */

/**
 * Saving a result again changes nothing.
 * @typedef {object} ResultStore
 * @property {(workflowId: string, result: JobResult) => Promise<void>} save
 */

/** @implements {ResultStore} */
export class PostgresResultStore {
  #postgres;
  #table;

  /**
   * @param {PostgresStore} postgres
   * @param {string} tablePrefix
   */
  constructor(postgres, tablePrefix) {
    this.#postgres = postgres;
    this.#table = pg.escapeIdentifier(`${tablePrefix}results`);
  }

  /**
   * Creates the table when it is missing: on first use, and after the database was replaced.
   * @param {string} workflowId
   * @param {JobResult} result
   */
  async save(workflowId, result) {
    try {
      await this.#insert(workflowId, result);
    } catch (error) {
      if (!isUndefinedTable(error)) throw error;
      await this.#createTable();
      await this.#insert(workflowId, result);
    }
  }

  /**
   * @param {string} workflowId
   * @param {JobResult} result
   */
  async #insert(workflowId, { characters, words }) {
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
  async #createTable() {
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

/** @param {unknown} error */
function isUndefinedTable(error) {
  return error instanceof pg.DatabaseError && error.code === '42P01';
}
