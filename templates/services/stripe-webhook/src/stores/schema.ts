import pg from 'pg';

export type Tables = ReturnType<typeof tableNames>;

/** Quoted, as SQL wants them. */
export function tableNames(prefix: string) {
  return {
    events: pg.escapeIdentifier(`${prefix}stripe_events`),
    payments: pg.escapeIdentifier(`${prefix}payments`),
  };
}

/** Run when a table is missing: on first use, and after the database was replaced. */
export function schema({ events, payments }: Tables): string {
  return `
    CREATE TABLE IF NOT EXISTS ${events} (
      id text PRIMARY KEY,
      type text NOT NULL,
      received_at timestamptz NOT NULL DEFAULT now()
    );
    CREATE TABLE IF NOT EXISTS ${payments} (
      id text PRIMARY KEY,
      amount bigint NOT NULL,
      currency text NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now()
    )`;
}
