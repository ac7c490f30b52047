/** @import { JobData } from './jobs.js' */

/**
 * The work itself. It must stand being done twice: a job whose worker died is given to another one.
 * An error means another attempt; throw BullMQ's UnrecoverableError when that is of no use.
 * @param {JobData} options
 */
export async function processJob({ text }) {
  const words = text.match(/\S+/g) ?? [];
  return { characters: [...text].length, words: words.length };
}
