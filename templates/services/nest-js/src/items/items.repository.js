import { Dependencies } from '@nestjs/common';
import pg from 'pg';
import { CONFIG } from '../config/config.js';
import { PostgresService } from '../stores/postgres.service.js';

/** @import { Config } from '../config/config.js' */

/**
 * @typedef {object} Item
 * @property {number} id
 * @property {string} name
 * @property {string} createdAt
 */

/**
 * @typedef {object} Row
 * @property {string} id - bigint
 * @property {string} name
 * @property {Date} created_at
 */

@Dependencies(PostgresService, CONFIG)
export class ItemsRepository {
  #postgres;
  #table;

  /**
   * @param {PostgresService} postgres
   * @param {Config} config
   */
  constructor(postgres, { tablePrefix }) {
    this.#postgres = postgres;
    this.#table = pg.escapeIdentifier(`${tablePrefix}items`);
  }

  /** The newest hundred. */
  async list() {
    const rows = await this.#query(
      `SELECT id, name, created_at FROM ${this.#table} ORDER BY id DESC LIMIT 100`,
    );
    return rows.map(toItem);
  }

  /** @param {string} name */
  async create(name) {
    const [row] = await this.#query(
      `INSERT INTO ${this.#table} (name) VALUES ($1) RETURNING id, name, created_at`,
      [name],
    );
    return toItem(row);
  }

  /**
   * Creates the table when it is missing: on first use, and after the database was replaced.
   * @param {string} text
   * @param {unknown[]} [values]
   */
  async #query(text, values) {
    try {
      return await this.#postgres.query(text, values);
    } catch (error) {
      if (!isUndefinedTable(error)) throw error;
      await this.#createTable();
      return this.#postgres.query(text, values);
    }
  }

  /**
   * Both statements are one transaction. The lock makes replicas that start together take turns,
   * which IF NOT EXISTS alone does not.
   */
  async #createTable() {
    await this.#postgres.query(`
      SELECT pg_advisory_xact_lock(hashtext(${pg.escapeLiteral(this.#table)}));
      CREATE TABLE IF NOT EXISTS ${this.#table} (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        name text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      )`);
  }
}

/** @param {unknown} error */
function isUndefinedTable(error) {
  return error instanceof pg.DatabaseError && error.code === '42P01';
}

/** @param {Row} row */
function toItem(row) {
  return { id: Number(row.id), name: row.name, createdAt: row.created_at.toISOString() };
}
