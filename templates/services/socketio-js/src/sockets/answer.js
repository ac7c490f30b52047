import { errorReply } from '../http/errors.js';

/** @import { Logger } from 'pino' */

/**
 * Does the work and acknowledges the event with its result, or with the error that HTTP would show.
 * @template T
 * @param {(answer: T | { error: { code: string, message: string } }) => void} acknowledge
 * @param {Logger} log
 * @param {() => Promise<T>} work
 */
export async function answer(acknowledge, log, work) {
  const result = await work().catch((error) => ({
    error: errorReply(error, log).body.error,
  }));
  // A client may send anything in its place, or nothing.
  if (typeof acknowledge === 'function') acknowledge(result);
}
