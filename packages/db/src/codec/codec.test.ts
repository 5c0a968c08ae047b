import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findGaps, Candles, openTimeAt, shiftOpenTime, TIMEFRAMES } from '@wickworks/core';
import { decodeCandles, encodeCandles, type ValueColumns } from './candle-codec.js';
import { decodeTimes, encodeTimes, gapsOf, openTimeOf, ordinalOf } from './time-runs.js';

const NAMES = ['open', 'high', 'low', 'close', 'volume'] as const;
const emptyColumns = (count: number): ValueColumns => ({
  open: new Float64Array(count),
  high: new Float64Array(count),
  low: new Float64Array(count),
  close: new Float64Array(count),
  volume: new Float64Array(count),
});
const bits = (column: Float64Array) => [...new BigUint64Array(column.buffer, column.byteOffset, column.length)];

function expectRoundTrip(columns: ValueColumns, count: number): Uint8Array {
  const block = encodeCandles(columns, count);
  const back = emptyColumns(count);
  decodeCandles(block, back, count);
  for (const name of NAMES) expect(bits(back[name]), name).toEqual(bits(columns[name].slice(0, count)));
  return block;
}

/** Values as exchanges write them: decimals of a fixed length, now and then anything a float64 can be. */
const oddValue = fc.oneof(
  { weight: 1, arbitrary: fc.double({ noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(0, -0, 5e-324, Number.MAX_VALUE, 0.1 + 0.2, 2 ** 53, 1 / 3, -Infinity) },
);
const decimal = (decimals: number) => fc.integer({ min: 0, max: 2 ** 40 }).map((ticks) => ticks / 10 ** decimals);
const columnOf = (count: number) =>
  fc.integer({ min: 0, max: 12 }).chain((decimals) =>
    fc.oneof(
      fc.array(decimal(decimals), { minLength: count, maxLength: count }),
      fc.array(fc.oneof({ weight: 20, arbitrary: decimal(decimals) }, { weight: 1, arbitrary: oddValue }), {
        minLength: count,
        maxLength: count,
      }),
      fc.array(oddValue, { minLength: count, maxLength: count }),
    ),
  );
const anyColumns = fc
  .integer({ min: 1, max: 200 })
  .chain((count) => fc.tuple(columnOf(count), columnOf(count), columnOf(count), columnOf(count), columnOf(count)));

describe('candle codec', () => {
  it('gives back every float64 to the bit', () => {
    fc.assert(
      fc.property(anyColumns, ([open, high, low, close, volume]) => {
        const columns = {
          open: Float64Array.from(open),
          high: Float64Array.from(high),
          low: Float64Array.from(low),
          close: Float64Array.from(close),
          volume: Float64Array.from(volume),
        };
        expectRoundTrip(columns, open.length);
      }),
      { numRuns: 400 },
    );
  });

  it('packs ordinary candles far below their raw size and only the first `count`', () => {
    const columns = emptyColumns(5_000);
    let price = 6_000_000;
    for (let index = 0; index < 5_000; index++) {
      const close = price + ((index * 7_919) % 401) - 200;
      columns.open[index] = price / 100;
      columns.close[index] = close / 100;
      columns.high[index] = (Math.max(price, close) + ((index * 31) % 97)) / 100;
      columns.low[index] = (Math.min(price, close) - ((index * 57) % 89)) / 100;
      columns.volume[index] = ((index * 104_729) % 900_000) / 100_000;
      price = close;
    }
    expect(expectRoundTrip(columns, 5_000).length).toBeLessThan(5_000 * 8);
    expectRoundTrip(columns, 1_234);
  });

  it('keeps noise beside what can be packed', () => {
    const columns = emptyColumns(6_000);
    let state = 1;
    for (let index = 0; index < 6_000; index++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      const price = 100 + (index % 13) / 100;
      for (const name of ['open', 'high', 'low', 'close'] as const) columns[name][index] = price;
      columns.volume[index] = state / 1e8;
    }
    const block = expectRoundTrip(columns, 6_000);
    const damaged = block.slice();
    damaged[block.length - 5_000] = damaged[block.length - 5_000]! ^ 1;
    expect(() => decodeCandles(damaged, emptyColumns(6_000), 6_000)).toThrow('noise planes are what was written');
    expect(() => decodeCandles(block.subarray(0, -1), emptyColumns(6_000), 6_000)).toThrow();
  });

  it('keeps values from buffers that start elsewhere', () => {
    const shared = Float64Array.from({ length: 50 }, (_, index) => Math.sqrt(index + 1));
    const part = shared.subarray(7, 30);
    expectRoundTrip({ open: part, high: part, low: part, close: part, volume: part }, 23);
  });

  it('refuses damaged blocks instead of inventing values', () => {
    const columns = emptyColumns(300);
    for (const name of NAMES) columns[name].forEach((_, i) => (columns[name][i] = 100 + i / 8));
    const block = encodeCandles(columns, 300);
    expect(() => decodeCandles(block, emptyColumns(299), 299)).toThrow();
    for (let at = 0; at < block.length; at++) {
      const damaged = block.slice();
      damaged[at] = damaged[at]! ^ 0x55;
      const back = emptyColumns(300);
      try {
        decodeCandles(damaged, back, 300);
      } catch {
        continue;
      }
      // A few header bits of zlib carry no meaning; then the values must be untouched.
      expect(bits(back.close), `byte ${at}`).toEqual(bits(columns.close));
    }
    expect(() => decodeCandles(block.subarray(0, block.length - 3), emptyColumns(300), 300)).toThrow();
  });
});

describe('time runs', () => {
  it('round-trips any holes in every timeframe and tells the same gaps as the candles do', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...TIMEFRAMES),
        fc.integer({ min: 0, max: 2_000_000_000_000 }),
        fc.array(
          fc.oneof(
            { weight: 8, arbitrary: fc.constant(1) },
            { weight: 1, arbitrary: fc.integer({ min: 1, max: 400 }) },
          ),
          {
            maxLength: 120,
          },
        ),
        (timeframe, fromMs, steps) => {
          const candles = new Candles();
          let openTimeMs = openTimeAt(timeframe, fromMs);
          candles.push([openTimeMs, 1, 1, 1, 1, 0]);
          for (const step of steps) {
            openTimeMs = shiftOpenTime(timeframe, openTimeMs, step);
            candles.push([openTimeMs, 1, 1, 1, 1, 0]);
          }
          const runs = encodeTimes(candles.time, candles.length, timeframe);
          const back = new Float64Array(candles.length);
          decodeTimes(runs, timeframe, back, candles.length);
          expect([...back]).toEqual([...candles.time.slice(0, candles.length)]);
          expect(gapsOf(runs, timeframe)).toEqual(findGaps(candles, timeframe));
          expect(openTimeOf(timeframe, ordinalOf(timeframe, openTimeMs))).toBe(openTimeMs);
        },
      ),
    );
  });

  it('keeps a year without holes in a few bytes', () => {
    const times = Float64Array.from({ length: 20_160 }, (_, index) => 1_700_000_040_000 + index * 60_000);
    expect(encodeTimes(times, times.length, '1m').length).toBeLessThan(10);
  });

  it('refuses runs that are cut or of another number', () => {
    const runs = encodeTimes(Float64Array.from([0, 60_000, 180_000]), 3, '1m');
    expect(() => decodeTimes(runs, '1m', new Float64Array(4), 4)).toThrow('times number 4');
    expect(() => decodeTimes(runs, '1m', new Float64Array(2), 2)).toThrow('times number 2');
    expect(() => decodeTimes(runs.subarray(0, 2), '1m', new Float64Array(3), 3)).toThrow();
  });
});
