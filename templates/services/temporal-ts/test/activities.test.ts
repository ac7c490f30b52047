import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { createActivities } from '../src/activities.ts';
import { StoreUnavailableError } from '../src/errors.ts';
import type { JobResult } from '../src/jobs.ts';

const environment = new MockActivityEnvironment(undefined, { logger: new DefaultLogger('ERROR') });

test('counts characters and words', async () => {
  const { analyze } = createActivities(undefined);
  assert.deepEqual(await environment.run(analyze, ' to be\tor not 🙂 '), {
    characters: 16,
    words: 5,
  });
});

test('saves a result under the id of its workflow', async () => {
  const saved = new Map<string, JobResult>();
  const { saveResult } = createActivities({
    save: async (id, result) => void saved.set(id, result),
  });
  await environment.run(saveResult, 'jobs/1', { characters: 3, words: 1 });
  assert.deepEqual(saved.get('jobs/1'), { characters: 3, words: 1 });
});

test('has nothing to do without a database', async () => {
  const { saveResult } = createActivities(undefined);
  await environment.run(saveResult, 'jobs/1', { characters: 3, words: 1 });
});

test('fails while the database is down, so that Temporal tries again', async () => {
  const { saveResult } = createActivities({
    save: async () => {
      throw new StoreUnavailableError('Postgres');
    },
  });
  const attempt = environment.run(saveResult, 'jobs/1', { characters: 3, words: 1 });
  await assert.rejects(attempt, /Postgres is not available/);
});
