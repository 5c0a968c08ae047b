import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decimalText, moneyText } from './decimal-text.js';

it('is exact, without an exponent and without trailing zeros', () => {
  expect(decimalText(0, 8)).toBe('0');
  expect(decimalText(-0, 2)).toBe('0');
  expect(decimalText(5, 0)).toBe('5');
  expect(decimalText(-5, 3)).toBe('-0.005');
  expect(decimalText(1_000, 3)).toBe('1');
  expect(decimalText(9_007_199_254_740_991, 12)).toBe('9007.199254740991');
  expect(moneyText(-0.1)).toBe('-0.1');
  expect(moneyText(1e-9)).toBe('0');
});

it('reads back as the same integer', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), fc.integer({ min: 0, max: 12 }), (units, decimals) => {
      const [whole = '', fraction = ''] = decimalText(units, decimals).replace('-', '').split('.');
      expect(BigInt(whole + fraction.padEnd(decimals, '0'))).toBe(BigInt(Math.abs(units)));
    }),
  );
});
