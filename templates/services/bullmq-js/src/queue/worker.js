import { setTimeout } from 'node:timers/promises';
import { Worker } from 'bullmq';
import { QUEUE_NAME } from './jobs.js';

/**
 * @import { Job } from 'bullmq'
 * @import { Logger } from 'pino'
 * @import { Store, StoreStatus } from '../stores/store.js'
 * @import { JobData, JobResult } from './jobs.js'
 */

/** Jobs that wait for something else at the same time. For work on the CPU, add replicas instead. */
const CONCURRENCY = 5;

/**
 * @typedef {object} Options
 * @property {string | undefined} url
 * @property {string} prefix
 * @property {(data: JobData) => Promise<JobResult>} process
 * @property {Logger} logger
 */

/**
 * Takes jobs from the queue, as soon as and as long as there is a Redis.
 * @implements {Store}
 */
export class JobWorker {
  #worker;

  /** @param {Options} options */
  constructor({ url, prefix, process, logger }) {
    if (url === undefined) {
      logger.warn('REDIS_URL is not set, so there are no jobs');
      return;
    }
    const retryStrategy = (attempt) => Math.min(attempt * 100, 1_000);
    const worker = new Worker(QUEUE_NAME, (job) => process(job.data), {
      connection: { url, retryStrategy },
      prefix,
      concurrency: CONCURRENCY,
    });
    logErrors(worker, logger);
    worker.on('completed', (job) => logger.info(describe(job), 'Job completed'));
    worker.on('failed', (job, err) => logger.error({ ...describe(job), err }, 'Job failed'));
    this.#worker = worker;
  }

  /**
   * Whether it has a connection, stores/redis.js tells.
   * @returns {Promise<StoreStatus>}
   */
  async status() {
    return this.#worker?.isRunning() ? 'up' : 'down';
  }

  /** Takes no more jobs and finishes those it has. What takes longer than `graceMs` another worker repeats. */
  async close(graceMs = 0) {
    await Promise.race([this.#worker?.close(), setTimeout(graceMs, undefined, { ref: false })]);
  }
}

/**
 * Each kind once per outage, not once per attempt to reconnect. Unheard, the event would end the process.
 * @param {Worker} worker
 * @param {Logger} logger
 */
function logErrors(worker, logger) {
  const told = new Set();
  worker.on('ready', () => told.clear());
  worker.on('error', (err) => {
    if (!told.has(err.message)) logger.warn({ err }, 'Worker error');
    told.add(err.message);
  });
}

/** @param {Job<JobData> | undefined} job */
function describe(job) {
  if (job === undefined) return {}; // it ran too long and was removed meanwhile
  const { id, data, attemptsMade, processedOn = 0, finishedOn = Date.now() } = job;
  return {
    jobId: id,
    requestId: data.requestId,
    attempt: attemptsMade,
    durationMs: finishedOn - processedOn,
  };
}
