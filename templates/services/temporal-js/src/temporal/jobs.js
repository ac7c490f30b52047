import { randomUUID } from 'node:crypto';
import { WorkflowNotFoundError } from '@temporalio/client';

/**
 * @import { Job, JobData, Jobs } from '../jobs.js'
 * @import { TemporalConnection } from './connection.js'
 */

/**
 * A job is a run of the workflow `processJob`.
 * @implements {Jobs}
 */
export class TemporalJobs {
  #temporal;
  #taskQueue;

  /**
   * @param {TemporalConnection} temporal
   * @param {string} taskQueue
   */
  constructor(temporal, taskQueue) {
    this.#temporal = temporal;
    this.#taskQueue = taskQueue;
  }

  /** @param {JobData} data */
  async start(data) {
    const id = randomUUID();
    await this.#temporal.run(({ workflow }) =>
      workflow.start('processJob', {
        taskQueue: this.#taskQueue,
        workflowId: this.#workflowId(id),
        args: [data],
      }),
    );
    return id;
  }

  /**
   * @param {string} id
   * @returns {Promise<Job | undefined>}
   */
  async find(id) {
    return this.#temporal.run(async ({ workflow }) => {
      const handle = workflow.getHandle(this.#workflowId(id));
      try {
        const { status } = await handle.describe();
        const result = status.name === 'COMPLETED' ? await handle.result() : null;
        return { id, state: status.name.toLowerCase(), result };
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return undefined;
        throw error;
      }
    });
  }

  /**
   * Services may share a namespace; none finds the jobs of another.
   * @param {string} id
   */
  #workflowId(id) {
    return `${this.#taskQueue}/${id}`;
  }
}
