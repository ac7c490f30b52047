import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StoreUnavailableError } from '../src/errors.ts';
import { delivery, startApp } from './support/start-app.ts';

/** Laid out in a way that would not survive parsing and printing. */
const event = (id: string) => `{
  "id": "${id}", "object": "event", "type": "payment_intent.succeeded",
  "data": { "object": { "id": "pi_1", "amount_received": 1999, "currency": "eur" } }
}`;
const PAYMENT = { id: 'pi_1', amount: 1999, currency: 'eur' };

test('handles an event', async (t) => {
  const { app, payments } = startApp(t);
  const response = await app.inject(delivery(event('evt_1')));
  assert.equal(response.statusCode, 200);
  assert.deepEqual(response.json(), { received: true });
  assert.deepEqual(payments, [PAYMENT]);
});

test('handles an event once, however often it is delivered', async (t) => {
  const { app, payments } = startApp(t);
  for (const id of ['evt_1', 'evt_1', 'evt_2']) {
    const response = await app.inject(delivery(event(id)));
    assert.equal(response.statusCode, 200);
  }
  assert.equal(payments.length, 2);
});

test('accepts events that it has nothing to do for', async (t) => {
  const { app, payments } = startApp(t);
  const payload = '{"id":"evt_1","object":"event","type":"customer.created","data":{"object":{}}}';
  assert.equal((await app.inject(delivery(payload))).statusCode, 200);
  assert.deepEqual(payments, []);
});

const original = delivery(event('evt_1'));
const forgeries = {
  'no signature': { ...original, headers: { 'content-type': 'application/json' } },
  'the signature of another secret': delivery(event('evt_1'), { secret: 'whsec_other' }),
  'an altered body': { ...original, payload: original.payload.replace('1999', '1') },
  'an old delivery': delivery(event('evt_1'), { timestamp: Date.now() / 1_000 - 3_600 }),
  'no body': { ...original, payload: '' },
  'another type of body': {
    ...original,
    headers: { ...original.headers, 'content-type': 'text/plain' },
  },
};
for (const [title, forgery] of Object.entries(forgeries)) {
  test(`refuses ${title}`, async (t) => {
    const { app, payments } = startApp(t);
    const response = await app.inject(forgery);
    assert.equal(response.statusCode, 400);
    assert.equal(response.json().error.code, 'invalid_signature');
    assert.deepEqual(payments, []);
  });
}

test('refuses a signed body that is not JSON', async (t) => {
  const { app } = startApp(t);
  const response = await app.inject(delivery('{"id"'));
  assert.equal(response.statusCode, 400);
  assert.equal(response.json().error.code, 'invalid_json');
});

test('refuses a body of more than a megabyte', async (t) => {
  const { app } = startApp(t);
  const response = await app.inject(delivery(`"${'x'.repeat(2 ** 20)}"`));
  assert.equal(response.statusCode, 413);
});

test('has Stripe deliver again what could not be handled', async (t) => {
  let attempts = 0;
  const failOnce = async () => {
    attempts += 1;
    if (attempts === 1) throw Object.assign(new Error('no such column'), { password: 'hunter2' });
  };
  const { app, lines } = startApp(t, { handlers: { 'payment_intent.succeeded': failOnce } });
  const first = await app.inject(delivery(event('evt_1')));
  assert.equal(first.statusCode, 500);
  assert.deepEqual(first.json(), {
    error: { code: 'internal_error', message: 'Internal server error' },
  });
  assert.match(JSON.stringify(lines), /no such column/);
  assert.doesNotMatch(JSON.stringify(lines), /hunter2/);

  assert.equal((await app.inject(delivery(event('evt_1')))).statusCode, 200);
  assert.equal(attempts, 2);
});

test('says so when the database is down, without its details', async (t) => {
  const once = async () => {
    throw new StoreUnavailableError('Postgres', new Error('connect ECONNREFUSED 10.0.0.7:5432'));
  };
  const { app } = startApp(t, { events: { once } });
  const response = await app.inject(delivery(event('evt_1')));
  assert.equal(response.statusCode, 503);
  assert.deepEqual(response.json(), {
    error: { code: 'store_unavailable', message: 'Postgres is not available' },
  });
});

test('takes nothing without a secret to check it with', async (t) => {
  const { app } = startApp(t, { webhookSecret: undefined });
  const response = await app.inject(delivery(event('evt_1')));
  assert.equal(response.statusCode, 503);
  assert.equal(response.json().error.code, 'not_configured');
});
