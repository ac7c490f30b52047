import assert from 'node:assert/strict';
import { serveApp } from './support/serve_app.ts';

Deno.test('describes itself', async () => {
  await using app = serveApp();
  const response = await fetch(app.url);
  const body = await response.json();
  assert.equal(response.status, 200);
  assert.equal(body.service, 'test');
  assert.ok(body.endpoints.includes('GET /items'));
});

Deno.test('answers an unknown path with 404', async () => {
  await using app = serveApp();
  const response = await fetch(`${app.url}/nowhere`);
  assert.equal(response.status, 404);
  assert.equal((await response.json()).error.code, 'not_found');
});

Deno.test('says which methods a path knows', async () => {
  await using app = serveApp();
  const response = await fetch(`${app.url}/items`, { method: 'DELETE' });
  assert.equal(response.status, 405);
  assert.equal(response.headers.get('allow'), 'GET, POST');
  assert.equal((await response.json()).error.code, 'method_not_allowed');
});

Deno.test('answers HEAD like GET, without the body', async () => {
  await using app = serveApp();
  const response = await fetch(`${app.url}/items`, { method: 'HEAD' });
  assert.equal(response.status, 200);
  assert.equal(await response.text(), '');
});

Deno.test('logs a request in one line', async () => {
  await using app = serveApp();
  const headers = { 'x-request-id': 'abc-1' };
  await (await fetch(`${app.url}/nowhere?token=secret`, { headers })).body?.cancel();
  assert.equal(app.lines.length, 1);
  const { time, durationMs, ...line } = app.lines[0] ?? {};
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

Deno.test('keeps probes out of the log', async () => {
  await using app = serveApp();
  await (await fetch(`${app.url}/health`)).body?.cancel();
  assert.equal(app.lines[0]?.level, 'debug');
});

Deno.test('echoes a request id, and replaces one that is unsafe', async () => {
  await using app = serveApp();
  const idFor = async (id: string) => {
    const response = await fetch(app.url, { headers: { 'x-request-id': id } });
    await response.body?.cancel();
    return response.headers.get('x-request-id') ?? '';
  };
  assert.equal(await idFor('abc_1.2-3'), 'abc_1.2-3');
  assert.match(await idFor('a b'), /^[0-9a-f-]{36}$/);
  assert.match(await idFor('x'.repeat(129)), /^[0-9a-f-]{36}$/);
});

Deno.test('answers a request with an illegal host', async () => {
  await using app = serveApp();
  const port = Number(new URL(app.url).port);
  using connection = await Deno.connect({ hostname: '127.0.0.1', port });
  await connection.write(new TextEncoder().encode('GET /health?x HTTP/1.1\r\nHost: a b<\r\n\r\n'));
  const buffer = new Uint8Array(1024);
  await connection.read(buffer);
  assert.match(new TextDecoder().decode(buffer), /^HTTP\/1.1 200/);
  assert.equal(app.lines[0]?.path, '/health');
});

Deno.test('keeps the details of an unexpected error to the log', async () => {
  const cause = Object.assign(new Error('no such column'), { command: ['AUTH', 'hunter2'] });
  await using app = serveApp({ counter: { increment: () => Promise.reject(cause) } });
  const response = await fetch(`${app.url}/hits`, { method: 'POST' });
  assert.equal(response.status, 500);
  assert.deepEqual(await response.json(), {
    error: { code: 'internal_error', message: 'Internal server error' },
  });
  assert.match(JSON.stringify(app.lines), /no such column/);
  assert.doesNotMatch(JSON.stringify(app.lines), /hunter2/);
});
