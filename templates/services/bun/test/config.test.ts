import { expect, test } from 'bun:test';
import { loadConfig } from '../src/config.ts';

test('has a default for everything', () => {
  expect(loadConfig({})).toEqual({
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
  expect(loadConfig({ PORT: '', DATABASE_URL: '', LOG_LEVEL: '' })).toEqual(loadConfig({}));
});

test('prefers PORT to SERVICE_PORT', () => {
  expect(loadConfig({ SERVICE_PORT: '3001' }).port).toBe(3001);
  expect(loadConfig({ SERVICE_PORT: '3001', PORT: '3002' }).port).toBe(3002);
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
  test.each(values)(`refuses ${variable}=%s`, (value) => {
    expect(() => loadConfig({ [variable]: value })).toThrow(new RegExp(`^${variable} must`));
  });
}

test('names everything that is wrong, but never a value', () => {
  const load = () => loadConfig({ PORT: 'x', DATABASE_URL: 'http://user:hunter2@db/app' });
  expect(load).toThrow(/PORT.*DATABASE_URL/);
  expect(load).not.toThrow(/hunter2/);
});
