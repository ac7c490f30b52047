import type { PostgresStore, Transaction } from './postgres.ts';

export interface StripeEvent {
  id: string;
  type: string;
}

export interface EventStore {
  /** Does the work unless it was done for this event before: false. */
  once(event: StripeEvent, work: (transaction: Transaction) => Promise<void>): Promise<boolean>;
}

export class PostgresEventStore implements EventStore {
  readonly #postgres: PostgresStore;
  readonly #table: string;

  constructor(postgres: PostgresStore, table: string) {
    this.#postgres = postgres;
    this.#table = table;
  }

  /**
   * The event is noted and the work is done in one transaction, so that neither is there without
   * the other. Delivered twice at the same time, the second waits here for what becomes of the first.
   */
  async once(
    { id, type }: StripeEvent,
    work: (transaction: Transaction) => Promise<void>,
  ): Promise<boolean> {
    return this.#postgres.transaction(async (transaction) => {
      const noted = await transaction.query(
        `INSERT INTO ${this.#table} (id, type) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING id`,
        [id, type],
      );
      if (noted.length === 0) return false;
      await work(transaction);
      return true;
    });
  }
}
