import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadConfig } from '../src/config/config.js';

test('has a default for everything', () => {
  assert.deepEqual(loadConfig({}), {
    serviceName: 'service',
    port: 8000,
    logLevel: 'info',
    healthcheckPath: '/health',
    databaseUrl: undefined,
    tablePrefix: '',
    redisUrl: undefined,
    redisPrefix: '',
  });
});

test('takes an empty variable for an unset one', () => {
  assert.deepEqual(loadConfig({ PORT: '', DATABASE_URL: '', LOG_LEVEL: '' }), loadConfig({}));
});

test('prefers PORT to SERVICE_PORT', () => {
  assert.equal(loadConfig({ SERVICE_PORT: '3001' }).port, 3001);
  assert.equal(loadConfig({ SERVICE_PORT: '3001', PORT: '3002' }).port, 3002);
});

const invalid = {
  PORT: ['0', '65536', 'abc', '80.5', '-1'],
  LOG_LEVEL: ['loud'],
  HEALTHCHECK_PATH: ['health', '/health check', '/:id'],
  TABLE_PREFIX: ['1st_', 'a-b', 'x"; DROP TABLE items; --'],
  DATABASE_URL: ['postgres', 'mysql://db/app'],
  REDIS_URL: ['redis:6379', 'http://redis'],
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
    () => loadConfig({ PORT: 'x', DATABASE_URL: 'http://user:hunter2@db/app' }),
    (error: Error) => {
      assert.match(error.message, /PORT.*DATABASE_URL/);
      assert.doesNotMatch(error.message, /hunter2/);
      return true;
    },
  );
});
