import { errorReply } from '../http/errors.ts';
import type { Logger } from '../logger.ts';
import type { Acknowledge, Answer } from './events.ts';

/** Does the work and acknowledges the event with its result, or with the error that HTTP would show. */
export async function answer<T>(
  acknowledge: Acknowledge<T>,
  log: Logger,
  work: () => Promise<T>,
): Promise<void> {
  const result = await work().catch((error: unknown): Answer<T> => ({
    error: errorReply(error, log).body.error,
  }));
  // Types end at the network: a client may send anything in its place, or nothing.
  if (typeof acknowledge === 'function') acknowledge(result);
}
