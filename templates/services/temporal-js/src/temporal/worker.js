import { existsSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Worker } from '@temporalio/worker';

/**
 * @import { Logger } from 'pino'
 * @import { Activities } from '../activities.js'
 * @import { Store, StoreStatus } from '../stores/store.js'
 * @import { TemporalConnection } from './connection.js'
 */

const RETRY_MS = 3_000;
/** For activities that are told to stop, after they had their time. */
const CANCEL_MS = 5_000;

/**
 * @typedef {object} Options
 * @property {TemporalConnection} temporal
 * @property {string} taskQueue
 * @property {Activities} activities
 * @property {number} finishMs - How long activities may still take after `close`.
 * @property {Logger} logger
 */

/**
 * Works on the task queue, as soon as and as long as there is a server.
 * @implements {Store}
 */
export class TemporalWorker {
  #options;
  #closing = new AbortController();
  #work;
  #worker;

  /** @param {Options} options */
  constructor(options) {
    this.#options = options;
    this.#work = this.#keepWorking();
  }

  /**
   * Whether the server answers, temporal/connection.js tells.
   * @returns {Promise<StoreStatus>}
   */
  async status() {
    return this.#worker?.getState() === 'RUNNING' ? 'up' : 'down';
  }

  /** Takes no more tasks and finishes those it has. What takes too long another worker repeats. */
  async close() {
    this.#closing.abort();
    if (this.#worker?.getState() !== 'RUNNING') return; // an attempt to connect cannot be stopped
    this.#worker.shutdown();
    const deadline = this.#options.finishMs + CANCEL_MS;
    await Promise.race([this.#work, setTimeout(deadline, undefined, { ref: false })]);
  }

  /** A server that is away for a while is the SDK's business; this is for one that is not there yet. */
  async #keepWorking() {
    const { signal } = this.#closing;
    const { logger } = this.#options;
    let told = '';
    while (!signal.aborted) {
      try {
        this.#worker = await this.#createWorker();
        told = '';
        await this.#worker.run();
      } catch (err) {
        // Once per outage, not once per attempt.
        if (err.message !== told) logger.warn({ err }, 'The worker is not running, trying again');
        told = err.message;
      }
      this.#worker = undefined;
      await setTimeout(RETRY_MS, undefined, { signal }).catch(() => {});
    }
  }

  async #createWorker() {
    const { temporal, taskQueue, activities, finishMs } = this.#options;
    return Worker.create({
      connection: await temporal.open(),
      namespace: temporal.namespace,
      taskQueue,
      activities,
      ...workflows(),
      shutdownGraceTime: finishMs,
    });
  }
}

/** The image holds them bundled; from the sources, they are bundled at each start. */
function workflows() {
  const codePath = fileURLToPath(new URL('../workflow-bundle.js', import.meta.url));
  if (existsSync(codePath)) return { workflowBundle: { codePath } };
  return { workflowsPath: fileURLToPath(new URL('../workflows.js', import.meta.url)) };
}
