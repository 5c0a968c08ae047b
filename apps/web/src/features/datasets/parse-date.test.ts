import { expect, it } from 'vitest';
import { parseUtcDate } from './parse-date.js';

it('reads dates and minutes as UTC', () => {
  expect(parseUtcDate('2024-01-31')).toBe(Date.UTC(2024, 0, 31));
  expect(parseUtcDate(' 2024-02-29 14:30 ')).toBe(Date.UTC(2024, 1, 29, 14, 30));
});

it.each(['', '2024', '31.01.2024', '2023-02-29', '2024-13-01', '2024-01-01 24:00', '1969-12-31'])(
  'refuses %j',
  (text) => {
    expect(parseUtcDate(text)).toBeNull();
  },
);
