import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ceilOfProduct, ExactInteger } from './exact-integer.js';

const safe = fc.maxSafeInteger();
const natural = fc.maxSafeNat();

describe('exact integers beyond 2^53', () => {
  it('sums and products equal BigInt', () => {
    const triple = fc.tuple(safe, safe, fc.constantFrom(1, 10, 1e4));
    fc.assert(
      fc.property(fc.array(triple, { maxLength: 50 }), (terms) => {
        const sum = new ExactInteger();
        let expected = 0n;
        // Fifty times the largest stays below the limit, whatever the signs.
        for (const [a, b, c] of terms) {
          const small = b % 2 ** 26;
          sum.addProduct3(a, small, c);
          sum.add(b);
          sum.addProduct(a, c);
          expected += BigInt(a) * BigInt(small) * BigInt(c) + BigInt(b) + BigInt(a) * BigInt(c);
        }
        expect(sum.toBigInt()).toBe(expected);
        expect(sum.toNumber()).toBe(Number(expected));
      }),
      { numRuns: 2000 },
    );
  });

  it('refuses to lose a digit', () => {
    const sum = new ExactInteger();
    expect(() => sum.addProduct3(2 ** 50, 2 ** 40, 2 ** 20)).toThrow(/2\^100/);
  });

  it('goes over from one float64 to two and back', () => {
    const near = fc.integer({ min: -3, max: 3 }).map((step) => Number.MAX_SAFE_INTEGER + Math.min(step, 0));
    const part = fc.oneof(
      near,
      near.map((value) => -value),
      fc.integer({ min: -3, max: 3 }),
      safe,
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
        const sum = new ExactInteger();
        let expected = 0n;
        for (const value of parts) {
          sum.add(value);
          expected += BigInt(value);
          expect(sum.toBigInt()).toBe(expected);
          expect(sum.toNumber()).toBe(Number(expected));
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('rounds up where the quotient is an integer, or just short of one', () => {
    const divisors = fc.oneof(fc.constantFrom(1, 2, 3, 7, 100, 625, 1e7, 1e14), fc.integer({ min: 1, max: 1e14 }));
    fc.assert(
      fc.property(natural, divisors, fc.integer({ min: -2, max: 2 }), (size, divisor, step) => {
        const a = Math.floor(size / divisor) * divisor + step;
        if (a < 0 || a > Number.MAX_SAFE_INTEGER) return;
        const expected = (BigInt(a) + BigInt(divisor) - 1n) / BigInt(divisor);
        expect(BigInt(ceilOfProduct({ a, b: 1, c: 1 }, divisor))).toBe(expected);
      }),
      { numRuns: 5000 },
    );
  });

  it('rounds a fee up, never twice, never down', () => {
    const sizes = fc.tuple(
      natural,
      natural,
      fc.integer({ min: 0, max: 1e8 }),
      fc.constantFrom(1, 100, 625, 1e7, 1e10, 1e14, 1e16, 1e18),
    );
    fc.assert(
      fc.property(sizes, fc.integer({ min: 0, max: 50 }), ([a, b, c, divisor], shift) => {
        const small = { a: Math.floor(a / 2 ** shift), b: Math.floor(b / 2 ** (50 - shift)), c };
        const product = BigInt(small.a) * BigInt(small.b) * BigInt(small.c);
        const expected = (product + BigInt(divisor) - 1n) / BigInt(divisor);
        if (expected > BigInt(Number.MAX_SAFE_INTEGER)) return;
        expect(BigInt(ceilOfProduct(small, divisor))).toBe(expected);
      }),
      { numRuns: 5000 },
    );
  });
});
