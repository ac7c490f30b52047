import { randomUUID } from 'node:crypto';
import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { RedisStore } from '../stores/redis.ts';
import { type Job, type JobData, type JobQueue, type JobResult, QUEUE_NAME } from './jobs.ts';

const HOUR = 60 * 60;

/** Where requests put jobs, and look for them. */
export class BullJobQueue implements JobQueue {
  readonly #redis: RedisStore;
  readonly #prefix: string;
  #queue: Queue<JobData, JobResult> | undefined;

  constructor(redis: RedisStore, prefix: string) {
    this.#redis = redis;
    this.#prefix = prefix;
  }

  async add(data: JobData): Promise<string> {
    const job = await this.#run((queue) => queue.add(QUEUE_NAME, data, { jobId: randomUUID() }));
    return job.id as string;
  }

  async find(id: string): Promise<Job | undefined> {
    return this.#run(async (queue) => {
      // In this order: a job that completes in between would seem to have no result.
      const state = await queue.getJobState(id);
      const job = await queue.getJob(id);
      if (job === undefined) return undefined;
      return { id, state, result: state === 'completed' ? job.returnvalue : null };
    });
  }

  async close(): Promise<void> {
    await this.#queue?.close();
  }

  async #run<T>(command: (queue: Queue<JobData, JobResult>) => Promise<T>): Promise<T> {
    return this.#redis.run(async (client) => {
      // Fails fast during an outage, in which BullMQ would wait.
      await client.ping();
      this.#queue ??= createQueue(client, this.#prefix);
      return command(this.#queue);
    });
  }
}

function createQueue(connection: Redis, prefix: string): Queue<JobData, JobResult> {
  const queue = new Queue<JobData, JobResult>(QUEUE_NAME, {
    connection,
    prefix,
    defaultJobOptions: {
      attempts: 3,
      backoff: { type: 'exponential', delay: 1_000 },
      removeOnComplete: { age: HOUR, count: 1_000 },
      removeOnFail: { age: 24 * HOUR, count: 1_000 },
    },
  });
  // stores/redis.ts tells of outages. Unheard, BullMQ would print the error.
  queue.on('error', () => {});
  return queue;
}
