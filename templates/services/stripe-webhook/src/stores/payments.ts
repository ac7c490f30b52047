import type { Transaction } from './postgres.ts';

export interface Payment {
  id: string;
  /** In the smallest unit of the currency, as everywhere at Stripe. */
  amount: number;
  currency: string;
}

export interface PaymentStore {
  add(transaction: Transaction, payment: Payment): Promise<void>;
}

export class PostgresPaymentStore implements PaymentStore {
  readonly #table: string;

  constructor(table: string) {
    this.#table = table;
  }

  async add(transaction: Transaction, { id, amount, currency }: Payment): Promise<void> {
    await transaction.query(
      `INSERT INTO ${this.#table} (id, amount, currency) VALUES ($1, $2, $3)`,
      [id, amount, currency],
    );
  }
}
