import { setTimeout } from 'node:timers/promises';
import { type Job, Worker } from 'bullmq';
import type { Logger } from '../logger.ts';
import type { Store, StoreStatus } from '../stores/store.ts';
import { type JobData, type JobResult, QUEUE_NAME } from './jobs.ts';

/** Jobs that wait for something else at the same time. For work on the CPU, add replicas instead. */
const CONCURRENCY = 5;

interface Options {
  url: string | undefined;
  prefix: string;
  process: (data: JobData) => Promise<JobResult>;
  logger: Logger;
}

/** Takes jobs from the queue, as soon as and as long as there is a Redis. */
export class JobWorker implements Store {
  readonly #worker: Worker<JobData, JobResult> | undefined;

  constructor({ url, prefix, process, logger }: Options) {
    if (url === undefined) {
      logger.warn('REDIS_URL is not set, so there are no jobs');
      return;
    }
    const retryStrategy = (attempt: number) => Math.min(attempt * 100, 1_000);
    const worker = new Worker<JobData, JobResult>(QUEUE_NAME, (job) => process(job.data), {
      connection: { url, retryStrategy },
      prefix,
      concurrency: CONCURRENCY,
    });
    logErrors(worker, logger);
    worker.on('completed', (job) => logger.info(describe(job), 'Job completed'));
    worker.on('failed', (job, err) => logger.error({ ...describe(job), err }, 'Job failed'));
    this.#worker = worker;
  }

  /** Whether it has a connection, stores/redis.ts tells. */
  async status(): Promise<StoreStatus> {
    return this.#worker?.isRunning() ? 'up' : 'down';
  }

  /** Takes no more jobs and finishes those it has. What takes longer than `graceMs` another worker repeats. */
  async close(graceMs = 0): Promise<void> {
    await Promise.race([this.#worker?.close(), setTimeout(graceMs, undefined, { ref: false })]);
  }
}

/** Each kind once per outage, not once per attempt to reconnect. Unheard, the event would end the process. */
function logErrors(worker: Worker, logger: Logger): void {
  const told = new Set<string>();
  worker.on('ready', () => told.clear());
  worker.on('error', (err) => {
    if (!told.has(err.message)) logger.warn({ err }, 'Worker error');
    told.add(err.message);
  });
}

function describe(job: Job<JobData> | undefined) {
  if (job === undefined) return {}; // it ran too long and was removed meanwhile
  const { id, data, attemptsMade, processedOn = 0, finishedOn = Date.now() } = job;
  return {
    jobId: id,
    requestId: data.requestId,
    attempt: attemptsMade,
    durationMs: finishedOn - processedOn,
  };
}
