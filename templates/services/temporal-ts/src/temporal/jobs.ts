import { randomUUID } from 'node:crypto';
import { WorkflowNotFoundError } from '@temporalio/client';
import type { Job, JobData, Jobs } from '../jobs.ts';
import type { processJob } from '../workflows.ts';
import type { TemporalConnection } from './connection.ts';

/** A job is a run of the workflow `processJob`. */
export class TemporalJobs implements Jobs {
  readonly #temporal: TemporalConnection;
  readonly #taskQueue: string;

  constructor(temporal: TemporalConnection, taskQueue: string) {
    this.#temporal = temporal;
    this.#taskQueue = taskQueue;
  }

  async start(data: JobData): Promise<string> {
    const id = randomUUID();
    await this.#temporal.run(({ workflow }) =>
      workflow.start<typeof processJob>('processJob', {
        taskQueue: this.#taskQueue,
        workflowId: this.#workflowId(id),
        args: [data],
      }),
    );
    return id;
  }

  async find(id: string): Promise<Job | undefined> {
    return this.#temporal.run(async ({ workflow }) => {
      const handle = workflow.getHandle<typeof processJob>(this.#workflowId(id));
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

  /** Services may share a namespace; none finds the jobs of another. */
  #workflowId(id: string): string {
    return `${this.#taskQueue}/${id}`;
  }
}
