/** What this service works on. Another kind of job: another file like this one, and another queue. */
export const QUEUE_NAME = 'jobs';

/**
 * @typedef {object} JobData
 * @property {string} text
 * @property {string} requestId - Of the request that made the job, for the log.
 */

/**
 * @typedef {object} JobResult
 * @property {number} characters
 * @property {number} words
 */

/**
 * @typedef {object} Job
 * @property {string} id
 * @property {string} state - waiting, delayed (before the next attempt), active, completed, failed
 * @property {JobResult | null} result
 */

/**
 * @typedef {object} JobQueue
 * @property {(data: JobData) => Promise<string>} add
 * @property {(id: string) => Promise<Job | undefined>} find
 */
