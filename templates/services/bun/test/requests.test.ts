import { expect, test } from 'bun:test';
import { startApp } from './support/start-app.ts';

const UUID = /^[0-9a-f-]{36}$/;

test('describes itself', async () => {
  await using app = startApp();
  const response = await fetch(app.url);
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({
    service: 'test',
    endpoints: expect.arrayContaining(['GET /items']),
  });
});

test('answers an unknown path with 404', async () => {
  await using app = startApp();
  const response = await fetch(`${app.url}/nowhere`);
  expect(response.status).toBe(404);
  expect(await response.json()).toEqual({
    error: { code: 'not_found', message: 'No such endpoint' },
  });
});

test('says which methods a path knows', async () => {
  await using app = startApp();
  const response = await fetch(`${app.url}/items`, { method: 'DELETE' });
  expect(response.status).toBe(405);
  expect(response.headers.get('allow')).toBe('GET, POST');
  expect(await response.json()).toEqual({
    error: { code: 'method_not_allowed', message: 'DELETE is not allowed here' },
  });
});

test('answers HEAD like GET, without the body', async () => {
  await using app = startApp();
  const response = await fetch(`${app.url}/items`, { method: 'HEAD' });
  expect(response.status).toBe(200);
  expect(await response.text()).toBe('');
});

test('logs a request in one line', async () => {
  await using app = startApp();
  await fetch(`${app.url}/nowhere?token=secret`, { headers: { 'x-request-id': 'abc-1' } });
  expect(app.lines).toEqual([
    {
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      level: 'info',
      service: 'test',
      requestId: 'abc-1',
      method: 'GET',
      path: '/nowhere',
      status: 404,
      durationMs: expect.any(Number),
      message: 'Request completed',
    },
  ]);
});

test('keeps probes out of the log', async () => {
  await using app = startApp();
  await fetch(`${app.url}/health`);
  expect(app.lines).toEqual([expect.objectContaining({ path: '/health', level: 'debug' })]);
});

test('echoes a request id, and replaces one that is unsafe', async () => {
  await using app = startApp();
  const idFor = async (id: string) => {
    const response = await fetch(app.url, { headers: { 'x-request-id': id } });
    return response.headers.get('x-request-id');
  };
  expect(await idFor('abc_1.2-3')).toBe('abc_1.2-3');
  expect(await idFor('a b')).toMatch(UUID);
  expect(await idFor('x'.repeat(129))).toMatch(UUID);
});

test('answers a request that names no host', async () => {
  await using app = startApp();
  const { promise: answer, resolve } = Promise.withResolvers<string>();
  await Bun.connect({
    hostname: '127.0.0.1',
    port: Number(new URL(app.url).port),
    socket: {
      open: (socket) => void socket.write('GET /health?x HTTP/1.0\r\n\r\n'),
      data: (_socket, data) => resolve(data.toString()),
    },
  });
  expect(await answer).toStartWith('HTTP/1.1 200');
  expect(app.lines).toEqual([expect.objectContaining({ path: '/health' })]);
});

test('keeps the details of an unexpected error to the log', async () => {
  const broken = async () => {
    throw Object.assign(new Error('no such column'), { command: ['AUTH', 'hunter2'] });
  };
  await using app = startApp({ counter: { increment: broken } });
  const response = await fetch(`${app.url}/hits`, { method: 'POST' });
  expect(response.status).toBe(500);
  expect(await response.json()).toEqual({
    error: { code: 'internal_error', message: 'Internal server error' },
  });
  expect(JSON.stringify(app.lines)).toContain('no such column');
  expect(JSON.stringify(app.lines)).not.toContain('hunter2');
});
