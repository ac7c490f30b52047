import type Stripe from 'stripe';
import type { PaymentStore } from '../stores/payments.ts';
import type { Transaction } from '../stores/postgres.ts';

/** What an event leads to. An error undoes it all, and Stripe delivers the event again. */
export type Handlers = {
  [Type in Stripe.Event['type']]?: (
    event: Extract<Stripe.Event, { type: Type }>,
    transaction: Transaction,
  ) => Promise<void>;
};

/** Select the same types for the endpoint in Stripe's dashboard. Other events are noted, no more. */
export function createHandlers(payments: PaymentStore): Handlers {
  return {
    'payment_intent.succeeded': async ({ data: { object: payment } }, transaction) => {
      const { id, amount_received: amount, currency } = payment;
      await payments.add(transaction, { id, amount, currency });
    },
  };
}

export async function handle(
  handlers: Handlers,
  event: Stripe.Event,
  transaction: Transaction,
): Promise<void> {
  // TypeScript cannot see that handler and event are of one type.
  const handler = handlers[event.type] as Handler | undefined;
  await handler?.(event, transaction);
}

type Handler = (event: Stripe.Event, transaction: Transaction) => Promise<void>;
