import { randomUUID } from 'node:crypto';
import { Queue } from 'bullmq';
import { QUEUE_NAME } from './jobs.js';

/**
 * @import { Redis } from 'ioredis'
 * @import { RedisStore } from '../stores/redis.js'
 * @import { JobData, JobQueue, JobResult } from './jobs.js'
 */

const HOUR = 60 * 60;

/**
 * Where requests put jobs, and look for them.
 * @implements {JobQueue}
 */
export class BullJobQueue {
  #redis;
  #prefix;
  #queue;

  /**
   * @param {RedisStore} redis
   * @param {string} prefix
   */
  constructor(redis, prefix) {
    this.#redis = redis;
    this.#prefix = prefix;
  }

  /** @param {JobData} data */
  async add(data) {
    const job = await this.#run((queue) => queue.add(QUEUE_NAME, data, { jobId: randomUUID() }));
    return job.id;
  }

  /** @param {string} id */
  async find(id) {
    return this.#run(async (queue) => {
      // In this order: a job that completes in between would seem to have no result.
      const state = await queue.getJobState(id);
      const job = await queue.getJob(id);
      if (job === undefined) return undefined;
      return { id, state, result: state === 'completed' ? job.returnvalue : null };
    });
  }

  async close() {
    await this.#queue?.close();
  }

  /**
   * @template T
   * @param {(queue: Queue<JobData, JobResult>) => Promise<T>} command
   */
  async #run(command) {
    return this.#redis.run(async (client) => {
      // Fails fast during an outage, in which BullMQ would wait.
      await client.ping();
      this.#queue ??= createQueue(client, this.#prefix);
      return command(this.#queue);
    });
  }
}

/**
 * @param {Redis} connection
 * @param {string} prefix
 */
function createQueue(connection, prefix) {
  const queue = new Queue(QUEUE_NAME, {
    connection,
    prefix,
    defaultJobOptions: {
      attempts: 3,
      backoff: { type: 'exponential', delay: 1_000 },
      removeOnComplete: { age: HOUR, count: 1_000 },
      removeOnFail: { age: 24 * HOUR, count: 1_000 },
    },
  });
  // stores/redis.js tells of outages. Unheard, BullMQ would print the error.
  queue.on('error', () => {});
  return queue;
}
