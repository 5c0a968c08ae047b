import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BTC_ROWS } from './candle-packing.fixture.js';
import { Candles, toRows } from './candle-columns.js';
import type { CandleRow } from './candle.js';
import { candlesFault } from './candles-fault.js';
import { findGaps } from './gaps.js';
import { resample } from './resample.js';
import { MS_PER_MINUTE } from './time.js';
import { openTimeAt, type Timeframe } from './timeframe.js';

/** Sound 1m candles with whole numbers, so that sums are exact, and with missing minutes. */
const minutes = fc
  .tuple(
    // From 1971 on: the week of the epoch itself began before it.
    fc.integer({ min: 600_000, max: 40_000_000 }),
    fc.array(
      fc.record({
        skip: fc.oneof(
          { weight: 8, arbitrary: fc.constant(1) },
          { weight: 1, arbitrary: fc.integer({ min: 2, max: 3_000 }) },
        ),
        prices: fc.tuple(fc.integer({ min: 1, max: 1_000 }), fc.integer({ min: 1, max: 1_000 })),
        above: fc.nat(50),
        below: fc.nat(50),
        volume: fc.nat(1_000),
      }),
      { minLength: 1, maxLength: 300 },
    ),
  )
  .map(([start, steps]) => {
    let minute = start;
    const candles = new Candles();
    for (const { skip, prices, above, below, volume } of steps) {
      minute += skip;
      const [open, close] = [prices[0] + 100, prices[1] + 100];
      candles.push([
        minute * MS_PER_MINUTE,
        open,
        Math.max(open, close) + above,
        Math.min(open, close) - below,
        close,
        volume,
      ]);
    }
    return candles;
  });

const steps: [Timeframe, Timeframe][] = [
  ['5m', '15m'],
  ['15m', '1h'],
  ['1h', '4h'],
  ['4h', '1d'],
  ['1d', '1w'],
  ['1d', '1M'],
  ['1h', '3d'],
];

describe('resample', () => {
  it('gives the same in two steps as in one', () => {
    fc.assert(
      fc.property(minutes, fc.constantFrom(...steps), (candles, [middle, wide]) => {
        expect(toRows(resample(resample(candles, middle), wide))).toEqual(toRows(resample(candles, wide)));
      }),
    );
  });

  it('keeps first open, last close, extremes and the sum of volumes of each candle', () => {
    fc.assert(
      fc.property(minutes, fc.constantFrom<Timeframe>('5m', '1h', '1d', '1w', '1M'), (candles, wide) => {
        const result = resample(candles, wide);
        expect(candlesFault(result)).toBeNull();
        for (const [time, open, high, low, close, volume] of toRows(result)) {
          const inside = toRows(candles).filter((row) => openTimeAt(wide, row[0]) === time);
          expect([open, close]).toEqual([inside[0]![1], inside.at(-1)![4]]);
          expect(high).toBe(Math.max(...inside.map((row) => row[2])));
          expect(low).toBe(Math.min(...inside.map((row) => row[3])));
          expect(volume).toBe(inside.reduce((sum, row) => sum + row[5], 0));
        }
      }),
    );
  });

  it('builds the hour of real minutes', () => {
    const [first] = toRows(resample(Candles.fromRows(BTC_ROWS.slice(0, 60)), '1h'));
    const rows = BTC_ROWS.slice(0, 60);
    expect(first!.slice(0, 5)).toEqual([
      rows[0]![0],
      17_212.12,
      Math.max(...rows.map((row) => row[2])),
      Math.min(...rows.map((row) => row[3])),
      rows[59]![4],
    ]);
  });

  it('of nothing is nothing', () => {
    expect(resample(new Candles(), '1h').length).toBe(0);
  });
});

describe('findGaps', () => {
  const row = (minute: number): CandleRow => [minute * MS_PER_MINUTE, 1, 1, 1, 1, 0];

  it('names the open times that are missing', () => {
    const candles = Candles.fromRows([row(1), row(2), row(5), row(6), row(8)]);
    expect(findGaps(candles, '1m')).toEqual([
      [3 * MS_PER_MINUTE, 5 * MS_PER_MINUTE],
      [7 * MS_PER_MINUTE, 8 * MS_PER_MINUTE],
    ]);
  });

  it('knows that months differ in length', () => {
    const months = ['2024-01-01', '2024-02-01', '2024-03-01', '2024-05-01'].map(Date.parse);
    const candles = Candles.fromRows(months.map((time): CandleRow => [time, 1, 1, 1, 1, 0]));
    expect(findGaps(candles, '1M')).toEqual([[Date.parse('2024-04-01'), Date.parse('2024-05-01')]]);
  });

  it('and candles together cover the whole stretch', () => {
    fc.assert(
      fc.property(minutes, (candles) => {
        const missing = findGaps(candles, '1m').reduce((sum, [from, to]) => sum + (to - from) / MS_PER_MINUTE, 0);
        const span = (candles.at(-1)![0] - candles.at(0)![0]) / MS_PER_MINUTE + 1;
        expect(candles.length + missing).toBe(span);
      }),
    );
  });
});
