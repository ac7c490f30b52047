import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { createTestApp } from './support/test-app.js';

/** A request is logged when its connection is done with it, shortly after the client has its answer. */
async function lineOf(lines, path) {
  for (;;) {
    const line = lines.find((candidate) => candidate.path === path);
    if (line) return line;
    await setTimeout(5);
  }
}

test('describes itself', async () => {
  const { app } = createTestApp();
  const response = await app.request('/');
  const body = await response.json();
  assert.equal(response.status, 200);
  assert.equal(body.service, 'test');
  assert.ok(body.endpoints.includes('GET /items'));
});

test('answers an unknown path with 404', async () => {
  const { app } = createTestApp();
  const response = await app.request('/nowhere');
  assert.equal(response.status, 404);
  assert.equal((await response.json()).error.code, 'not_found');
});

test('logs a request in one line', async () => {
  const { app, lines } = createTestApp();
  await app.request('/nowhere?token=secret', { headers: { 'x-request-id': 'abc-1' } });
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
  assert.equal(new Date(time).toISOString(), time);
});

test('keeps probes out of the log', async () => {
  const { app, lines } = createTestApp();
  await app.request('/health');
  assert.equal((await lineOf(lines, '/health')).level, 'debug');
});

test('echoes a request id, and replaces one that is unsafe', async () => {
  const { app } = createTestApp();
  const idFor = async (id) => {
    const response = await app.request('/', { headers: { 'x-request-id': id } });
    return response.headers.get('x-request-id');
  };
  assert.equal(await idFor('abc_1.2-3'), 'abc_1.2-3');
  assert.match((await idFor('a b')) ?? '', /^[0-9a-f-]{36}$/);
  assert.match((await idFor('x'.repeat(129))) ?? '', /^[0-9a-f-]{36}$/);
});

test('keeps the details of an unexpected error to the log', async () => {
  const broken = async () => {
    throw Object.assign(new Error('no such column'), { command: ['AUTH', 'hunter2'] });
  };
  const { app, lines } = createTestApp({ counter: { increment: broken } });
  const response = await app.request('/hits', { method: 'POST' });
  assert.equal(response.status, 500);
  assert.deepEqual(await response.json(), {
    error: { code: 'internal_error', message: 'Internal server error' },
  });
  assert.match(JSON.stringify(lines), /no such column/);
  assert.doesNotMatch(JSON.stringify(lines), /hunter2/);
});
