import { Candles, type CandleRow } from '@wickworks/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { volumeProfile } from './volume-profile.js';

// Prices and volumes on a grid, as exchanges have them: a row is never finer than what float64 tells apart.
const onGrid = (min: number, max: number, decimals: number): fc.Arbitrary<number> =>
  fc.integer({ min: min * 10 ** decimals, max: max * 10 ** decimals }).map((steps) => steps / 10 ** decimals);
const candle = fc.record({ low: onGrid(1, 100, 2), span: onGrid(0, 20, 2), volume: onGrid(0, 1_000, 5) });

test('keeps every unit of volume and finds the wanted share around the heaviest row', () => {
  fc.assert(
    fc.property(
      fc.array(candle, { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 1, max: 40 }),
      fc.double({ min: 0.05, max: 1, noNaN: true }),
      (moves, rows, share) => {
        const candles = Candles.fromRows(
          moves.map(({ low, span, volume }, i): CandleRow => [i * 60_000, low, low + span, low, low + span, volume]),
        );
        const profile = volumeProfile(candles, 0, candles.length, rows, share)!;
        const total = moves.reduce((sum, { volume }) => sum + volume, 0);
        const { volumes, low, rowSize, pointOfControl, valueAreaHigh, valueAreaLow } = profile;
        const sum = volumes.reduce((a, b) => a + b, 0);
        expect(Math.abs(sum - total)).toBeLessThanOrEqual(1e-9 * Math.max(1, total));
        const control = rowSize > 0 ? Math.floor((pointOfControl - low) / rowSize) : 0;
        expect(volumes[control]).toBe(Math.max(...volumes));
        expect(valueAreaLow).toBeLessThanOrEqual(pointOfControl);
        expect(valueAreaHigh).toBeGreaterThanOrEqual(pointOfControl);
        if (rowSize === 0) return;
        const first = Math.round((valueAreaLow - low) / rowSize);
        const end = Math.round((valueAreaHigh - low) / rowSize);
        const held = volumes.slice(first, end).reduce((a, b) => a + b, 0);
        expect(held).toBeGreaterThanOrEqual(share * sum - 1e-9 * Math.max(1, sum));
      },
    ),
  );
});

test('a worked example: two candles, four rows', () => {
  const candles = Candles.fromRows([
    [0, 10, 14, 10, 14, 40],
    [60_000, 12, 13, 12, 13, 20],
  ]);
  const profile = volumeProfile(candles, 0, 2, 4, 0.5);
  expect(profile).toMatchObject({ low: 10, rowSize: 1, pointOfControl: 12.5, valueAreaLow: 12, valueAreaHigh: 13 });
  expect(volumeProfile(candles, 2, 2, 4)).toBeUndefined();
});
