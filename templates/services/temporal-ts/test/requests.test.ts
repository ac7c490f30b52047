import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { type LogLine, startApp } from './support/start-app.ts';

/** A request is logged when its connection is done with it, shortly after the client has its answer. */
async function lineOf(lines: LogLine[], path: string): Promise<LogLine> {
  for (;;) {
    const line = lines.find((candidate) => candidate.path === path);
    if (line) return line;
    await setTimeout(5);
  }
}

test('describes itself', async (t) => {
  const { url } = await startApp(t);
  const response = await fetch(url);
  const body = await response.json();
  assert.equal(response.status, 200);
  assert.equal(body.service, 'test');
  assert.ok(body.endpoints.includes('POST /jobs'));
});

test('answers an unknown path with 404', async (t) => {
  const { url } = await startApp(t);
  const response = await fetch(`${url}/nowhere`);
  assert.equal(response.status, 404);
  assert.equal((await response.json()).error.code, 'not_found');
});

test('says which methods a path knows', async (t) => {
  const { url } = await startApp(t);
  const response = await fetch(`${url}/jobs`, { method: 'DELETE' });
  assert.equal(response.status, 405);
  assert.equal(response.headers.get('allow'), 'POST');
  assert.equal((await response.json()).error.code, 'method_not_allowed');
});

test('logs a request in one line', async (t) => {
  const { url, lines } = await startApp(t);
  await fetch(`${url}/nowhere?token=secret`, { headers: { 'x-request-id': 'abc-1' } });
  const { time, durationMs, ...line } = await lineOf(lines, '/nowhere');
  assert.deepEqual(line, {
    level: 'info',
    service: 'test',
    requestId: 'abc-1',
    method: 'GET',
    path: '/nowhere',
    status: 404,
    message: 'Request completed',
  });
  assert.equal(typeof durationMs, 'number');
  assert.equal(new Date(time as string).toISOString(), time);
});

test('keeps probes out of the log', async (t) => {
  const { url, lines } = await startApp(t);
  await fetch(`${url}/health`);
  assert.equal((await lineOf(lines, '/health')).level, 'debug');
});

test('echoes a request id, and replaces one that is unsafe', async (t) => {
  const { url } = await startApp(t);
  const idFor = async (id: string) => {
    const response = await fetch(url, { headers: { 'x-request-id': id } });
    return response.headers.get('x-request-id');
  };
  assert.equal(await idFor('abc_1.2-3'), 'abc_1.2-3');
  assert.match((await idFor('a b')) ?? '', /^[0-9a-f-]{36}$/);
  assert.match((await idFor('x'.repeat(129))) ?? '', /^[0-9a-f-]{36}$/);
});

test('keeps the details of an unexpected error to the log', async (t) => {
  const broken = async () => {
    throw Object.assign(new Error('no such type'), { metadata: ['Bearer hunter2'] });
  };
  const { url, lines } = await startApp(t, { jobs: { start: broken, find: broken } });
  const response = await fetch(`${url}/jobs/${randomUUID()}`);
  assert.equal(response.status, 500);
  assert.deepEqual(await response.json(), {
    error: { code: 'internal_error', message: 'Internal server error' },
  });
  assert.match(JSON.stringify(lines), /no such type/);
  assert.doesNotMatch(JSON.stringify(lines), /hunter2/);
});
