import { Inject, Injectable } from '@nestjs/common';
import pg from 'pg';
import { CONFIG, type Config } from '../config/config.js';
import { PostgresService } from '../stores/postgres.service.js';

export interface Item {
  id: number;
  name: string;
  createdAt: string;
}

interface Row {
  id: string; // bigint
  name: string;
  created_at: Date;
}

@Injectable()
export class ItemsRepository {
  private readonly table: string;

  constructor(
    private readonly postgres: PostgresService,
    @Inject(CONFIG) { tablePrefix }: Config,
  ) {
    this.table = pg.escapeIdentifier(`${tablePrefix}items`);
  }

  /** The newest hundred. */
  async list(): Promise<Item[]> {
    const rows = await this.query(
      `SELECT id, name, created_at FROM ${this.table} ORDER BY id DESC LIMIT 100`,
    );
    return rows.map(toItem);
  }

  async create(name: string): Promise<Item> {
    const [row] = await this.query(
      `INSERT INTO ${this.table} (name) VALUES ($1) RETURNING id, name, created_at`,
      [name],
    );
    return toItem(row as Row);
  }

  /** Creates the table when it is missing: on first use, and after the database was replaced. */
  private async query(text: string, values?: unknown[]): Promise<Row[]> {
    try {
      return await this.postgres.query<Row>(text, values);
    } catch (error) {
      if (!isUndefinedTable(error)) throw error;
      await this.createTable();
      return this.postgres.query<Row>(text, values);
    }
  }

  /**
   * Both statements are one transaction. The lock makes replicas that start together take turns,
   * which IF NOT EXISTS alone does not.
   */
  private async createTable(): Promise<void> {
    await this.postgres.query(`
      SELECT pg_advisory_xact_lock(hashtext(${pg.escapeLiteral(this.table)}));
      CREATE TABLE IF NOT EXISTS ${this.table} (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        name text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      )`);
  }
}

function isUndefinedTable(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === '42P01';
}

function toItem(row: Row): Item {
  return { id: Number(row.id), name: row.name, createdAt: row.created_at.toISOString() };
}
