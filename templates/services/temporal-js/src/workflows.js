import { log, proxyActivities, workflowInfo } from '@temporalio/workflow';

/**
 * @import { Activities } from './activities.js'
 * @import { JobData, JobResult } from './jobs.js'
 */

/**
 * How long one attempt may take, and all of them together. The first retry comes after a second,
 * each further one after twice as long, up to a minute.
 * @type {Activities}
 */
const { analyze, saveResult } = proxyActivities({
  startToCloseTimeout: '10 seconds',
  scheduleToCloseTimeout: '1 hour',
  retry: { maximumInterval: '1 minute' },
});

/**
 * The order of the work. Temporal keeps its progress and, when the worker is gone, has another one
 * repeat these lines with what the activities have answered so far. They must do the same again:
 * what asks the world outside belongs into an activity.
 * @param {JobData} data
 * @returns {Promise<JobResult>}
 */
export async function processJob({ text, requestId }) {
  const result = await analyze(text);
  await saveResult(workflowInfo().workflowId, result);
  log.info('Job completed', { requestId });
  return result;
}
