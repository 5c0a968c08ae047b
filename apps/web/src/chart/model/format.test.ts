import { expect, it } from 'vitest';
import { formatChange, formatPrice } from './format.js';

it.each([
  [0.5, 4, '0.5000'],
  [999.994, 2, '999.99'],
  [1_000, 0, '1,000'],
  [65_123.4, 2, '65,123.40'],
  [1_234_567.891, 1, '1,234,567.9'],
  [-1_234.5, 2, '-1,234.50'],
  [-123.5, 2, '-123.50'],
])('writes the price %d with %d decimals as %s', (price, decimals, text) => {
  expect(formatPrice(price, decimals)).toBe(text);
});

it('signs differences', () => {
  expect([formatChange(1_234.5, 1), formatChange(-1_234.5, 1), formatChange(0.001, 2)]).toEqual([
    '+1,234.5',
    '−1,234.5',
    '0.00',
  ]);
});
