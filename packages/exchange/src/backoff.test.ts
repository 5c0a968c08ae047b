import { expect, it } from 'vitest';
import { backoffMs } from './backoff.js';

it('doubles from the base up to the cap, however often', () => {
  const limits = { baseMs: 250, maxMs: 15_000 };
  expect([0, 1, 2, 5, 6, 7, 1_000].map((attempt) => backoffMs(attempt, limits))).toEqual([
    250, 500, 1_000, 8_000, 15_000, 15_000, 15_000,
  ]);
});
