import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bigToText, ExactSum, toText } from './decimal.js';

it('writes units with eight decimals', () => {
  expect(toText(6_774_575, 2)).toBe('67745.75000000');
  expect(toText(5, 8)).toBe('0.00000005');
  expect(toText(-386_406, 2)).toBe('-3864.06000000');
  expect(toText(17_315, 0)).toBe('17315.00000000');
  expect(bigToText(123_456_789_012_345_678n, 10)).toBe('12345678.90123456');
  expect(bigToText(-5n, 3)).toBe('-0.00500000');
});

it('writes the same either way, and a number that reads back', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), fc.integer({ min: 0, max: 8 }), (units, decimals) => {
      const text = toText(units, decimals);
      expect(bigToText(BigInt(units), decimals)).toBe(units === 0 ? '0.00000000' : text);
      expect(BigInt(text.replace('.', ''))).toBe(BigInt(units) * 10n ** BigInt(8 - decimals));
    }),
  );
});

it('sums exactly past 2^53', () => {
  fc.assert(
    fc.property(fc.array(fc.maxSafeInteger().map(Math.abs), { maxLength: 50 }), (values) => {
      const left = new ExactSum();
      const right = new ExactSum();
      values.forEach((value, index) => (index % 2 === 0 ? left : right).add(value));
      left.addSum(right);
      expect(left.toBigInt()).toBe(values.reduce((sum, value) => sum + BigInt(value), 0n));
    }),
  );
});
