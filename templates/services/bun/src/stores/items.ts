import { SQL } from 'bun';
import type { PostgresStore } from './postgres.ts';

export interface Item {
  id: number;
  name: string;
  createdAt: string;
}

export interface ItemStore {
  list(): Promise<Item[]>;
  create(name: string): Promise<Item>;
}

interface Row {
  id: string; // bigint
  name: string;
  created_at: Date;
}

export class PostgresItemStore implements ItemStore {
  readonly #postgres: PostgresStore;
  readonly #table: string;

  constructor(postgres: PostgresStore, tablePrefix: string) {
    this.#postgres = postgres;
    this.#table = `${tablePrefix}items`;
  }

  /** The newest hundred. */
  async list(): Promise<Item[]> {
    const rows = await this.#query(
      (sql) => sql`SELECT id, name, created_at FROM ${sql(this.#table)} ORDER BY id DESC LIMIT 100`,
    );
    return rows.map(toItem);
  }

  async create(name: string): Promise<Item> {
    const [row] = await this.#query(
      (sql) =>
        sql`INSERT INTO ${sql(this.#table)} (name) VALUES (${name}) RETURNING id, name, created_at`,
    );
    return toItem(row as Row);
  }

  /** Creates the table when it is missing: on first use, and after the database was replaced. */
  async #query(build: (sql: SQL) => SQL.Query<Row[]>): Promise<Row[]> {
    try {
      return await this.#postgres.query(build);
    } catch (error) {
      if (!isUndefinedTable(error)) throw error;
      await this.#createTable();
      return this.#postgres.query(build);
    }
  }

  /**
   * Both statements are one transaction. The lock makes replicas that start together take turns,
   * which IF NOT EXISTS alone does not.
   */
  async #createTable(): Promise<void> {
    const table = this.#table; // a checked prefix and a constant: nothing to escape
    await this.#postgres.query((sql) =>
      sql.unsafe(`
        SELECT pg_advisory_xact_lock(hashtext('${table}'));
        CREATE TABLE IF NOT EXISTS "${table}" (
          id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
          name text NOT NULL,
          created_at timestamptz NOT NULL DEFAULT now()
        )`),
    );
  }
}

function isUndefinedTable(error: unknown): boolean {
  return error instanceof SQL.PostgresError && error.errno === '42P01';
}

function toItem(row: Row): Item {
  return { id: Number(row.id), name: row.name, createdAt: row.created_at.toISOString() };
}
