import assert from 'node:assert/strict';
import { loadConfig } from '../src/config.ts';

const load = (env: Record<string, string>) => loadConfig(new Map(Object.entries(env)));

Deno.test('has a default for everything', () => {
  assert.deepEqual(load({}), {
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

Deno.test('takes an empty variable for an unset one', () => {
  assert.deepEqual(load({ PORT: '', DATABASE_URL: '', LOG_LEVEL: '' }), load({}));
});

Deno.test('prefers PORT to SERVICE_PORT', () => {
  assert.equal(load({ SERVICE_PORT: '3001' }).port, 3001);
  assert.equal(load({ SERVICE_PORT: '3001', PORT: '3002' }).port, 3002);
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
    Deno.test(`refuses ${variable}=${value}`, () => {
      assert.throws(
        () => load({ [variable]: value }),
        new RegExp(`^Error: ${variable} must`),
      );
    });
  }
}

Deno.test('names everything that is wrong, but never a value', () => {
  assert.throws(
    () => load({ PORT: 'x', DATABASE_URL: 'http://user:hunter2@db/app' }),
    (error: Error) => {
      assert.match(error.message, /PORT.*DATABASE_URL/);
      assert.doesNotMatch(error.message, /hunter2/);
      return true;
    },
  );
});
