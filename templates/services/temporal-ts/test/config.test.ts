import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadConfig } from '../src/config.ts';

test('has a default for everything', () => {
  assert.deepEqual(loadConfig({}), {
    serviceName: 'service',
    port: 8000,
    logLevel: 'info',
    healthcheckPath: '/health',
    temporal: {
      address: 'temporal:7233',
      namespace: 'default',
      taskQueue: 'service',
      apiKey: undefined,
      tls: false,
    },
    databaseUrl: undefined,
    tablePrefix: '',
  });
});

test('takes an empty variable for an unset one', () => {
  assert.deepEqual(loadConfig({ PORT: '', TEMPORAL_ADDRESS: '', LOG_LEVEL: '' }), loadConfig({}));
});

test('prefers PORT to SERVICE_PORT', () => {
  assert.equal(loadConfig({ SERVICE_PORT: '3001' }).port, 3001);
  assert.equal(loadConfig({ SERVICE_PORT: '3001', PORT: '3002' }).port, 3002);
});

test('takes the queue of the service, unless told otherwise', () => {
  assert.equal(loadConfig({ SERVICE_NAME: 'mailer' }).temporal.taskQueue, 'mailer');
  const env = { SERVICE_NAME: 'mailer', TEMPORAL_TASK_QUEUE: 'mails' };
  assert.equal(loadConfig(env).temporal.taskQueue, 'mails');
});

test('sends an API key only over TLS, unless told otherwise', () => {
  assert.equal(loadConfig({ TEMPORAL_API_KEY: 'k' }).temporal.tls, true);
  assert.equal(loadConfig({ TEMPORAL_API_KEY: 'k', TEMPORAL_TLS: 'false' }).temporal.tls, false);
  assert.equal(loadConfig({ TEMPORAL_TLS: 'true' }).temporal.tls, true);
});

const invalid = {
  PORT: ['0', '65536', 'abc', '80.5', '-1'],
  LOG_LEVEL: ['loud'],
  HEALTHCHECK_PATH: ['health', '/health check', '/:id'],
  TEMPORAL_ADDRESS: ['temporal', 'http://temporal:7233', 'temporal:0', 'a b:7233'],
  TEMPORAL_TLS: ['yes'],
  DATABASE_URL: ['postgres:5432', 'http://postgres'],
  TABLE_PREFIX: ['1_', 'a-b', 'a"b'],
};
for (const [variable, values] of Object.entries(invalid)) {
  for (const value of values) {
    test(`refuses ${variable}=${value}`, () => {
      assert.throws(
        () => loadConfig({ [variable]: value }),
        new RegExp(`^Error: ${variable} must`),
      );
    });
  }
}

test('names everything that is wrong, but never a value', () => {
  assert.throws(
    () => loadConfig({ PORT: 'x', DATABASE_URL: 'http://user:hunter2@postgres' }),
    (error: Error) => {
      assert.match(error.message, /PORT.*DATABASE_URL/);
      assert.doesNotMatch(error.message, /hunter2/);
      return true;
    },
  );
});
