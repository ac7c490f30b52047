import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLogger } from '../src/logger.ts';
import { temporalLogger } from '../src/temporal/logging.ts';

function logTo(lines: Record<string, unknown>[]) {
  const destination = { write: (line: string) => lines.push(JSON.parse(line)) };
  return temporalLogger(createLogger({ service: 'test', level: 'info' }, destination));
}

test('writes the lines of Temporal like our own', () => {
  const lines: Record<string, unknown>[] = [];
  logTo(lines).info('Job completed', { workflowId: 'jobs/1' });
  const [{ time, ...line } = {}] = lines;
  assert.deepEqual(line, {
    level: 'info',
    service: 'test',
    workflowId: 'jobs/1',
    message: 'Job completed',
  });
});

test('describes errors, whatever hangs on them', () => {
  const lines: Record<string, unknown>[] = [];
  const error = Object.assign(new Error('no such table'), { parameters: ['hunter2'] });
  logTo(lines).warn('Activity failed', { error });
  assert.match(JSON.stringify(lines), /no such table/);
  assert.doesNotMatch(JSON.stringify(lines), /hunter2/);
});

test('honours the level', () => {
  const lines: Record<string, unknown>[] = [];
  logTo(lines).debug('Polling');
  assert.deepEqual(lines, []);
});
