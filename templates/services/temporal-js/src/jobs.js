/**
 * What this service works on.
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
 * @property {string} state - running, completed, failed, cancelled, terminated, timed_out
 * @property {JobResult | null} result
 */

/**
 * @typedef {object} Jobs
 * @property {(data: JobData) => Promise<string>} start
 * @property {(id: string) => Promise<Job | undefined>} find
 */

export {}; // a module, so that others can import its types
