import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { StoreUnavailableError } from '../src/errors.js';
import { startApp } from './support/start-app.js';

const post = (url, body) =>
  fetch(`${url}/jobs`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });

test('takes a job and shows its result', async (t) => {
  const { url } = await startApp(t);
  const accepted = await post(url, '{"text":"to be or not to be"}');
  assert.equal(accepted.status, 202);
  const { id } = await accepted.json();
  assert.equal(accepted.headers.get('location'), `/jobs/${id}`);

  const job = await fetch(`${url}/jobs/${id}`);
  assert.deepEqual(await job.json(), {
    id,
    state: 'completed',
    result: { characters: 18, words: 6 },
  });
});

for (const id of [randomUUID(), '1', 'x%2Fy', '..%2Fother']) {
  test(`knows no job ${id}`, async (t) => {
    const { url } = await startApp(t);
    const response = await fetch(`${url}/jobs/${id}`);
    assert.equal(response.status, 404);
    assert.equal((await response.json()).error.code, 'not_found');
  });
}

const invalidBodies = {
  'no JSON': '{"text"',
  'no object': '[]',
  'no text': '{}',
  'a text of another type': '{"text":1}',
  'an empty text': '{"text":""}',
  'a long text': JSON.stringify({ text: 'x'.repeat(10_001) }),
};
for (const [title, body] of Object.entries(invalidBodies)) {
  test(`refuses ${title}`, async (t) => {
    const { url } = await startApp(t);
    const response = await post(url, body);
    assert.equal(response.status, 400);
    const { error } = await response.json();
    assert.match(error.code, /^invalid_(json|body)$/);
    assert.ok(error.message);
  });
}

test('refuses a body of more than a megabyte', async (t) => {
  const { url } = await startApp(t);
  const response = await post(url, JSON.stringify({ text: 'x'.repeat(2 ** 20) }));
  assert.equal(response.status, 413);
});

test('says so when Temporal is down, without its details', async (t) => {
  const down = async () => {
    throw new StoreUnavailableError('Temporal', new Error('connect ECONNREFUSED 10.0.0.7:7233'));
  };
  const { url, lines } = await startApp(t, { jobs: { start: down, find: down } });
  const response = await post(url, '{"text":"x"}');
  assert.equal(response.status, 503);
  assert.deepEqual(await response.json(), {
    error: { code: 'store_unavailable', message: 'Temporal is not available' },
  });
  assert.match(JSON.stringify(lines), /ECONNREFUSED/);
});
