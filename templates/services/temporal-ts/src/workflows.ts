import { log, proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { Activities } from './activities.ts';
import type { JobData, JobResult } from './jobs.ts';

/**
 * How long one attempt may take, and all of them together. The first retry comes after a second,
 * each further one after twice as long, up to a minute.
 */
const { analyze, saveResult } = proxyActivities<Activities>({
  startToCloseTimeout: '10 seconds',
  scheduleToCloseTimeout: '1 hour',
  retry: { maximumInterval: '1 minute' },
});

/**
 * The order of the work. Temporal keeps its progress and, when the worker is gone, has another one
 * repeat these lines with what the activities have answered so far. They must do the same again:
 * what asks the world outside belongs into an activity.
 */
export async function processJob({ text, requestId }: JobData): Promise<JobResult> {
  const result = await analyze(text);
  await saveResult(workflowInfo().workflowId, result);
  log.info('Job completed', { requestId });
  return result;
}
