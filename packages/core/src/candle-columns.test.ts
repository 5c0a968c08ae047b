import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvariantError } from './assert.js';
import { Candles, copyColumns, lowerBound, toRows } from './candle-columns.js';
import { candleFault, type CandleRow } from './candle.js';
import { candlesFault } from './candles-fault.js';

const row = (time: number, close = 2): CandleRow => [time, 2, 3, 1, close, 4];
const times = fc.uniqueArray(fc.nat(1_000), { maxLength: 100 }).map((list) => list.sort((a, b) => a - b));

describe('Candles', () => {
  it('hold what was pushed, over any number of growths', () => {
    fc.assert(
      fc.property(times, fc.nat(4), (list, capacity) => {
        const candles = new Candles(capacity);
        for (const time of list) candles.push(row(time));
        expect(toRows(candles)).toEqual(list.map((time) => row(time)));
      }),
    );
  });

  it('refuse an open time that does not rise', () => {
    const candles = Candles.fromRows([row(5)]);
    for (const time of [5, 4]) expect(() => candles.push(row(time))).toThrow(InvariantError);
  });

  it('replace a candle only by one with the same open time', () => {
    const candles = Candles.fromRows([row(1), row(2)]);
    candles.set(1, row(2, 3));
    expect(candles.at(-1)).toEqual(row(2, 3));
    expect(() => candles.set(1, row(3))).toThrow(InvariantError);
    expect(() => candles.set(2, row(0))).toThrow(InvariantError);
  });

  it('are read from either end', () => {
    const candles = Candles.fromRows([row(1), row(2), row(3)]);
    expect([candles.at(0), candles.at(-1), candles.at(3), candles.at(-4)]).toEqual([
      row(1),
      row(3),
      undefined,
      undefined,
    ]);
  });

  it('forget candles at either end', () => {
    const candles = Candles.fromRows([row(1), row(2), row(3), row(4)]);
    candles.dropFirst(1);
    candles.truncate(2);
    expect(toRows(candles)).toEqual([row(2), row(3)]);
    candles.push(row(9));
    expect(candles.at(-1)).toEqual(row(9));
    expect(() => candles.dropFirst(4)).toThrow(InvariantError);
    expect(() => candles.truncate(4)).toThrow(InvariantError);
  });

  it('wrapped around columns can grow without touching them', () => {
    const source = Candles.fromRows([row(1), row(2)]);
    const { time, open, high, low, close, volume } = source;
    const wrapped = Candles.wrap({ time, open, high, low, close, volume }, 2);
    wrapped.push(row(3));
    expect([wrapped.length, source.length]).toEqual([3, 2]);
    expect(() => Candles.wrap({ time, open, high, low, close, volume: volume.subarray(1) }, 2)).toThrow(InvariantError);
  });

  it('are copied into buffers exactly as long', () => {
    const candles = Candles.fromRows([row(1), row(2), row(3)]);
    candles.push(row(4));
    const copy = copyColumns(candles, 1, 3);
    expect([toRows(copy), copy.time.length]).toEqual([[row(2), row(3)], 2]);
    copy.set(0, row(2, 1));
    expect(candles.at(1)).toEqual(row(2));
  });
});

describe('lowerBound', () => {
  it('finds the first candle at or after a time', () => {
    fc.assert(
      fc.property(times, fc.nat(1_100), (list, time) => {
        const expected = list.findIndex((one) => one >= time);
        expect(lowerBound(Candles.fromRows(list.map((one) => row(one))), time)).toBe(
          expected < 0 ? list.length : expected,
        );
      }),
    );
  });
});

describe('candleFault', () => {
  it.each<[string, CandleRow]>([
    ['time', [1.5, 2, 3, 1, 2, 4]],
    ['time', [-1, 2, 3, 1, 2, 4]],
    ['open', [1, 0, 3, 1, 2, 4]],
    ['high', [1, 2, Infinity, 1, 2, 4]],
    ['low', [1, 2, 3, NaN, 2, 4]],
    ['close', [1, 2, 3, 1, -2, 4]],
    ['volume', [1, 2, 3, 1, 2, -4]],
    ['high', [1, 2, 1.5, 1, 1, 4]],
    ['low', [1, 2, 3, 2.5, 3, 4]],
  ])('names %s', (field, bad) => {
    expect(candleFault(bad)).toContain(field);
    expect(candlesFault(Candles.fromRows([bad]))).toContain(field);
  });

  it('finds nothing in sound candles', () => {
    expect(candleFault(row(1))).toBeNull();
    expect(candlesFault(Candles.fromRows([row(1), row(2)]))).toBeNull();
  });

  it('names candles out of order', () => {
    const candles = Candles.fromRows([row(1), row(2)]);
    candles.time[1] = 1;
    expect(candlesFault(candles)).toMatch(/candle 1: time does not rise/);
  });
});
