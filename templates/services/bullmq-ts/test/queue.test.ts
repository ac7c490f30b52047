import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { type TestContext, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { createLogger } from '../src/logger.ts';
import type { Job, JobData, JobResult } from '../src/queue/jobs.ts';
import { processJob } from '../src/queue/processor.ts';
import { BullJobQueue } from '../src/queue/queue.ts';
import { JobWorker } from '../src/queue/worker.ts';
import { RedisStore } from '../src/stores/redis.ts';

/** `REDIS_URL=redis://localhost:6379/15 npm test` runs these, too. */
const url = process.env.REDIS_URL;
const options = { skip: url === undefined && 'no REDIS_URL', timeout: 20_000 };
const logger = createLogger({ service: 'test', level: 'silent' });

function start(t: TestContext, process: (data: JobData) => Promise<JobResult>) {
  const prefix = `test-${randomUUID()}`;
  const redis = new RedisStore(url, logger);
  const queue = new BullJobQueue(redis, prefix);
  const worker = new JobWorker({ url, prefix, process, logger });
  t.after(async () => {
    await worker.close(5_000);
    await queue.close();
    await redis.run(async (client) => client.del(...(await client.keys(`${prefix}*`))));
    await redis.close();
  });
  return queue;
}

async function settled(queue: BullJobQueue, id: string): Promise<Job | undefined> {
  for (;;) {
    const job = await queue.find(id);
    if (job?.state === 'completed' || job?.state === 'failed') return job;
    await setTimeout(20);
  }
}

test('works on a job', options, async (t) => {
  const queue = start(t, processJob);
  const id = await queue.add({ text: 'one two', requestId: 'r' });
  assert.deepEqual(await settled(queue, id), {
    id,
    state: 'completed',
    result: { characters: 7, words: 2 },
  });
});

test('tries again after an error', options, async (t) => {
  let attempts = 0;
  const queue = start(t, async (data) => {
    attempts += 1;
    if (attempts < 3) throw new Error('not yet');
    return processJob(data);
  });
  const id = await queue.add({ text: 'x', requestId: 'r' });
  assert.equal((await settled(queue, id))?.state, 'completed');
  assert.equal(attempts, 3);
});

test('gives up after the third error', options, async (t) => {
  const queue = start(t, async () => {
    throw new Error('never');
  });
  const id = await queue.add({ text: 'x', requestId: 'r' });
  assert.deepEqual(await settled(queue, id), { id, state: 'failed', result: null });
});
