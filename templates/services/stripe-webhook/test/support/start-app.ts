import type { TestContext } from 'node:test';
import Stripe from 'stripe';
import { createApp, type Dependencies } from '../../src/app.ts';
import { createLogger } from '../../src/logger.ts';
import type { EventStore } from '../../src/stores/events.ts';
import type { Payment } from '../../src/stores/payments.ts';
import type { Store, StoreStatus } from '../../src/stores/store.ts';
import { createHandlers } from '../../src/stripe/handlers.ts';

export const SECRET = 'whsec_test';

export type App = ReturnType<typeof createApp>;
export type LogLine = Record<string, unknown>;

/** The app with memory in place of Postgres, for `inject`, until the test ends. */
export function startApp(t: TestContext, overrides: Partial<Dependencies> = {}) {
  const lines: LogLine[] = [];
  const logger = createLogger(
    { service: 'test', level: 'debug' },
    { write: (line) => lines.push(JSON.parse(line)) },
  );
  const payments: Payment[] = [];
  const app = createApp({
    service: 'test',
    healthcheckPath: '/health',
    logger,
    webhookSecret: SECRET,
    stores: { postgres: storeThatIs('up') },
    events: memoryEvents(),
    handlers: createHandlers({
      add: async (_transaction, payment) => {
        payments.push(payment);
      },
    }),
    ...overrides,
  });
  t.after(() => app.close());
  return { app, lines, payments };
}

export function storeThatIs(status: StoreStatus): Store {
  return { status: async () => status, close: async () => {} };
}

/** Forgets an event whose work fails, like the transaction that it stands for. */
function memoryEvents(): EventStore {
  const known = new Set<string>();
  return {
    once: async ({ id }, work) => {
      if (known.has(id)) return false;
      await work({ query: async () => [] });
      known.add(id);
      return true;
    },
  };
}

/** A delivery as Stripe makes it. */
export function delivery(payload: string, options: { secret?: string; timestamp?: number } = {}) {
  const { secret = SECRET, timestamp = Math.floor(Date.now() / 1_000) } = options;
  const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp });
  return {
    method: 'POST',
    url: '/webhook',
    headers: { 'content-type': 'application/json', 'stripe-signature': signature },
    payload,
  } as const;
}
