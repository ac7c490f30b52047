import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadConfig } from '../src/config.js';

test('has a default for everything', () => {
  assert.deepEqual(loadConfig({}), {
    serviceName: 'service',
    port: 8000,
    logLevel: 'info',
    healthcheckPath: '/health',
    redisUrl: undefined,
    redisPrefix: '',
  });
});

test('takes an empty variable for an unset one', () => {
  assert.deepEqual(loadConfig({ PORT: '', REDIS_URL: '', LOG_LEVEL: '' }), loadConfig({}));
});

test('prefers PORT to SERVICE_PORT', () => {
  assert.equal(loadConfig({ SERVICE_PORT: '3001' }).port, 3001);
  assert.equal(loadConfig({ SERVICE_PORT: '3001', PORT: '3002' }).port, 3002);
});

const invalid = {
  PORT: ['0', '65536', 'abc', '80.5', '-1'],
  LOG_LEVEL: ['loud'],
  HEALTHCHECK_PATH: ['health', '/health check', '/:id'],
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
    () => loadConfig({ PORT: 'x', REDIS_URL: 'http://user:hunter2@redis' }),
    (error) => {
      assert.match(error.message, /PORT.*REDIS_URL/);
      assert.doesNotMatch(error.message, /hunter2/);
      return true;
    },
  );
});
