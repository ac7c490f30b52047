import assert from 'node:assert/strict';
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
  const { app } = startApp(t);
  const response = await app.inject('/');
  const body = response.json();
  assert.equal(response.statusCode, 200);
  assert.equal(body.service, 'test');
  assert.ok(body.endpoints.includes('POST /webhook'));
});

test('answers an unknown path with 404', async (t) => {
  const { app } = startApp(t);
  const response = await app.inject('/nowhere');
  assert.equal(response.statusCode, 404);
  assert.equal(response.json().error.code, 'not_found');
});

test('answers a malformed path with 400', async (t) => {
  const { app, lines } = startApp(t);
  const response = await app.inject('/%E0%A4%A');
  assert.equal(response.statusCode, 400);
  assert.equal(response.json().error.code, 'bad_request');
  assert.equal((await lineOf(lines, '/%E0%A4%A')).requestId, response.headers['x-request-id']);
});

test('logs a request in one line', async (t) => {
  const { app, lines } = startApp(t);
  await app.inject({ url: '/nowhere?token=secret', headers: { 'x-request-id': 'abc-1' } });
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
  const { app, lines } = startApp(t);
  await app.inject('/health');
  assert.equal((await lineOf(lines, '/health')).level, 'debug');
});

test('echoes a request id, and replaces one that is unsafe', async (t) => {
  const { app } = startApp(t);
  const idFor = async (id: string) => {
    const response = await app.inject({ url: '/', headers: { 'x-request-id': id } });
    return String(response.headers['x-request-id']);
  };
  assert.equal(await idFor('abc_1.2-3'), 'abc_1.2-3');
  assert.match(await idFor('a b'), /^[0-9a-f-]{36}$/);
  assert.match(await idFor('x'.repeat(129)), /^[0-9a-f-]{36}$/);
});
