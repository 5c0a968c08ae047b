import { expect, it } from 'vitest';
import { expiryMs } from './expiry.js';

const NOW_MS = Date.UTC(2026, 0, 31, 12);

it('counts days from now, and a chosen day to its end', () => {
  expect(expiryMs('30', '', NOW_MS)).toBe(Date.UTC(2026, 2, 2, 12));
  expect(expiryMs('365', '', NOW_MS)).toBe(Date.UTC(2027, 0, 31, 12));
  expect(expiryMs('day', '2026-02-28', NOW_MS)).toBe(Date.UTC(2026, 2, 1));
  expect(expiryMs('never', '2026-02-28', NOW_MS)).toBeNull();
});
