import Stripe from 'stripe';
import { HttpError } from '../errors.ts';

/** The event in a delivery, once its signature shows that it comes from Stripe, and lately. */
export function verifiedEvent(body: unknown, signature: unknown, secret: string): Stripe.Event {
  if (!Buffer.isBuffer(body) || typeof signature !== 'string') {
    throw new HttpError(400, 'invalid_signature', 'A signed JSON body is required');
  }
  try {
    return Stripe.webhooks.constructEvent(body, signature, secret);
  } catch (cause) {
    if (cause instanceof SyntaxError) {
      throw new HttpError(400, 'invalid_json', 'The body is not valid JSON', { cause });
    }
    throw new HttpError(400, 'invalid_signature', 'The signature does not fit', { cause });
  }
}
