import { expect, test } from 'bun:test';
import { withDeadline } from '../src/stores/deadline.ts';

test('passes on what the store says in time', async () => {
  const late = () => {
    throw new Error('called');
  };
  expect(await withDeadline(1_000, Promise.resolve('up'), late)).toBe('up');
  await expect(withDeadline(1_000, Promise.reject(new Error('down')), late)).rejects.toThrow('down');
});

test('gives up on a store that does not answer', async () => {
  let expired = 0;
  const silence = new Promise(() => {});
  await expect(withDeadline(10, silence, () => expired++)).rejects.toThrow('No answer within 10 ms');
  expect(expired).toBe(1);
});
