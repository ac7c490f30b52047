import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import {
  bundleWorkflowCode,
  DefaultLogger,
  Runtime,
  Worker,
  type WorkflowBundleWithSourceMap,
} from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';

/**
 * One job, in the form in which Temporal keeps it. A workflow that no longer does the same would
 * break the jobs that are under way while a new version is deployed; `patched` tells old from new.
 */
const history = await readFile(new URL('histories/process-job.json', import.meta.url), 'utf8');
let workflowBundle: WorkflowBundleWithSourceMap;

before(async () => {
  const logger = new DefaultLogger('ERROR', () => {});
  Runtime.install({ logger });
  const workflowsPath = fileURLToPath(new URL('../src/workflows.ts', import.meta.url));
  workflowBundle = await bundleWorkflowCode({ workflowsPath, logger });
});

test('goes on with the jobs of the version before', async () => {
  await Worker.runReplayHistory({ workflowBundle }, JSON.parse(history));
});

test('finds out when it could not', async () => {
  const other = JSON.parse(history.replaceAll('"saveResult"', '"storeResult"'));
  await assert.rejects(
    Worker.runReplayHistory({ workflowBundle }, other),
    DeterminismViolationError,
  );
});
