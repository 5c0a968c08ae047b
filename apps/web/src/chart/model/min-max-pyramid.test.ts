import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MinMaxPyramid, type Extremes } from './min-max-pyramid.js';

function bruteForce(low: Float64Array, high: Float64Array, from: number, to: number): Extremes {
  let min = Infinity;
  let max = -Infinity;
  for (let index = from; index < to; index++) {
    if (low[index]! < min) min = low[index]!;
    if (high[index]! > max) max = high[index]!;
  }
  return { min, max };
}

const value = fc.oneof(
  { weight: 9, arbitrary: fc.double({ min: -1e6, max: 1e6, noNaN: true }) },
  { weight: 1, arbitrary: fc.constant(Number.NaN) },
);

function expectSame(pyramid: MinMaxPyramid, low: Float64Array, high: Float64Array, from: number, to: number): void {
  const found = { min: 0, max: 0 };
  pyramid.extremes(from, to, found);
  expect(found).toEqual(bruteForce(low, high, from, to));
}

describe('MinMaxPyramid', () => {
  it('equals brute force for any range of any columns', () => {
    fc.assert(
      fc.property(fc.array(value, { maxLength: 900 }), fc.nat(), fc.nat(), (values, a, b) => {
        const low = Float64Array.from(values);
        const high = low.map((number) => number + 1);
        const pyramid = new MinMaxPyramid();
        pyramid.sync(low, high, low.length, 0);
        const from = a % (low.length + 1);
        expectSame(pyramid, low, high, from, from + (b % (low.length - from + 1)));
      }),
    );
  });

  it('equals brute force after any run of appends, tail changes and truncations', () => {
    const step = fc.record({ length: fc.nat(1200), changedBack: fc.nat(40), from: fc.nat(), to: fc.nat() });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), fc.integer(), (steps, seed) => {
        const column = new Float64Array(1200);
        let state = seed;
        const next = (): number => (state = (Math.imul(state, 1_103_515_245) + 12_345) | 0) / 1000;
        const pyramid = new MinMaxPyramid();
        let previous = 0;
        for (const { length, changedBack, from, to } of steps) {
          const changedFrom = Math.max(0, Math.min(previous, length) - changedBack);
          for (let index = changedFrom; index < length; index++) column[index] = next();
          pyramid.sync(column, column, length, changedFrom);
          previous = length;
          const start = from % (length + 1);
          expectSame(pyramid, column, column, start, start + (to % (length - start + 1)));
          expectSame(pyramid, column, column, 0, length);
        }
      }),
    );
  });
});
