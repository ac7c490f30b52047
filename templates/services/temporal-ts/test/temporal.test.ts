import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { type TestContext, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { ApplicationFailure } from '@temporalio/common';
import { type Activities, createActivities } from '../src/activities.ts';
import { loadConfig } from '../src/config.ts';
import type { Job } from '../src/jobs.ts';
import { createLogger } from '../src/logger.ts';
import { TemporalConnection } from '../src/temporal/connection.ts';
import { TemporalJobs } from '../src/temporal/jobs.ts';
import { installRuntime } from '../src/temporal/logging.ts';
import { TemporalWorker } from '../src/temporal/worker.ts';

/** `TEMPORAL_ADDRESS=localhost:7233 npm test` runs these, too. */
const skip = process.env.TEMPORAL_ADDRESS === undefined && 'no TEMPORAL_ADDRESS';
const options = { skip, timeout: 60_000 };
const logger = createLogger({ service: 'test', level: 'silent' });
if (!skip) installRuntime(logger);

function start(t: TestContext, activities: Activities) {
  const temporal = new TemporalConnection(loadConfig(process.env).temporal);
  const taskQueue = `test-${randomUUID()}`;
  const worker = new TemporalWorker({ temporal, taskQueue, activities, finishMs: 5_000, logger });
  t.after(async () => {
    await worker.close();
    await temporal.close();
  });
  return { worker, jobs: new TemporalJobs(temporal, taskQueue) };
}

async function finished({ worker, jobs }: ReturnType<typeof start>, text: string): Promise<Job> {
  while ((await worker.status()) !== 'up') await setTimeout(50);
  const id = await jobs.start({ text, requestId: 'r' });
  for (;;) {
    const job = await jobs.find(id);
    if (job !== undefined && job.state !== 'running') return job;
    await setTimeout(50);
  }
}

test('works on a job', options, async (t) => {
  const { state, result } = await finished(start(t, createActivities(undefined)), 'one two');
  assert.equal(state, 'completed');
  assert.deepEqual(result, { characters: 7, words: 2 });
});

test('tries again after an error', options, async (t) => {
  let attempts = 0;
  const activities = createActivities({
    save: async () => {
      attempts += 1;
      if (attempts < 3) throw new Error('not yet');
    },
  });
  assert.equal((await finished(start(t, activities), 'x')).state, 'completed');
  assert.equal(attempts, 3);
});

test('gives up when trying again is of no use', options, async (t) => {
  const activities = createActivities({
    save: async () => {
      throw ApplicationFailure.nonRetryable('never');
    },
  });
  const { state, result } = await finished(start(t, activities), 'x');
  assert.equal(state, 'failed');
  assert.equal(result, null);
});

test('knows no job that is not there', options, async (t) => {
  const { worker, jobs } = start(t, createActivities(undefined));
  while ((await worker.status()) !== 'up') await setTimeout(50);
  assert.equal(await jobs.find(randomUUID()), undefined);
});
