import type { JobResult } from './jobs.ts';
import type { ResultStore } from './stores/results.ts';

export type Activities = ReturnType<typeof createActivities>;

/**
 * The work itself. An activity must stand being done twice: its worker may die before it has told
 * that it was done. An error means another attempt; throw `ApplicationFailure.nonRetryable` when that
 * is of no use. One that takes long should call `Context.current().heartbeat()`.
 */
export function createActivities(results: ResultStore | undefined) {
  return {
    async analyze(text: string): Promise<JobResult> {
      const words = text.match(/\S+/g) ?? [];
      return { characters: [...text].length, words: words.length };
    },

    /** Without a database, the result is kept by Temporal alone. */
    async saveResult(workflowId: string, result: JobResult): Promise<void> {
      await results?.save(workflowId, result);
    },
  };
}
