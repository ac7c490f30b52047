import type { JobData, JobResult } from './jobs.ts';

/**
 * The work itself. It must stand being done twice: a job whose worker died is given to another one.
 * An error means another attempt; throw BullMQ's UnrecoverableError when that is of no use.
 */
export async function processJob({ text }: JobData): Promise<JobResult> {
  const words = text.match(/\S+/g) ?? [];
  return { characters: [...text].length, words: words.length };
}
