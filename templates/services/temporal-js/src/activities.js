/**
 * @import { JobResult } from './jobs.js'
 * @import { ResultStore } from './stores/results.js'
 */

/** @typedef {ReturnType<typeof createActivities>} Activities */

/**
 * The work itself. An activity must stand being done twice: its worker may die before it has told
 * that it was done. An error means another attempt; throw `ApplicationFailure.nonRetryable` when that
 * is of no use. One that takes long should call `Context.current().heartbeat()`.
 * @param {ResultStore | undefined} results
 */
export function createActivities(results) {
  return {
    /**
     * @param {string} text
     * @returns {Promise<JobResult>}
     */
    async analyze(text) {
      const words = text.match(/\S+/g) ?? [];
      return { characters: [...text].length, words: words.length };
    },

    /**
     * Without a database, the result is kept by Temporal alone.
     * @param {string} workflowId
     * @param {JobResult} result
     */
    async saveResult(workflowId, result) {
      await results?.save(workflowId, result);
    },
  };
}
