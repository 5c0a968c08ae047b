import 'fake-indexeddb/auto';
import { Candles, findGaps, toRows, type CandleRow, type SeriesKey } from '@wickworks/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CandleCache } from './candle-cache.js';

const MINUTE = 60_000;
const key: SeriesKey = { exchange: 'local', symbol: 'BTC/USDT', timeframe: '1m' };
const row = (minute: number, close = 10): CandleRow => [minute * MINUTE, 10, 20, 1, close, 5];
const rows = (from: number, to: number): CandleRow[] =>
  Array.from({ length: to - from }, (_, index) => row(from + index));
const columns = (list: readonly CandleRow[]): Candles => Candles.fromRows(list);

let cache: CandleCache;
beforeEach(() => {
  cache = new CandleCache();
});
afterEach(async () => {
  await cache.close();
  await new Promise<unknown>((resolve) => (indexedDB.deleteDatabase('wickworks-candles').onsuccess = resolve));
});

describe('the candle cache', () => {
  it('gives back what was kept, over chunk borders and visits', async () => {
    await cache.write(key, { candles: columns(rows(1_000, 3_500)), gaps: [] });
    await cache.close();
    cache = new CandleCache();
    expect(toRows((await cache.read(key, 10_000)).candles)).toEqual(rows(1_000, 3_500));
  });

  it('gives the newest first and older ones on demand', async () => {
    await cache.write(key, { candles: columns(rows(0, 5_000)), gaps: [] });
    const newest = await cache.read(key, 500);
    expect(newest.candles.length).toBeGreaterThanOrEqual(500);
    expect(newest.candles.length).toBeLessThan(2_000);
    const older = await cache.read(key, 500, newest.candles.time[0]);
    expect(toRows(older.candles).at(-1)).toEqual(row(newest.candles.time[0]! / MINUTE - 1));
  });

  it('keeps series apart', async () => {
    await cache.write(key, { candles: columns(rows(1, 5)), gaps: [] });
    expect((await cache.read({ ...key, symbol: 'ETH/USDT' }, 10)).candles.length).toBe(0);
    expect((await cache.read({ ...key, timeframe: '5m' }, 10)).candles.length).toBe(0);
  });

  it('adds to a chunk and replaces what was confirmed anew', async () => {
    await cache.write(key, { candles: columns(rows(10, 20)), gaps: [] });
    await cache.write(key, { candles: columns([row(18, 11), row(19), row(20)]), gaps: [] });
    expect(toRows((await cache.read(key, 100)).candles)).toEqual([...rows(10, 18), row(18, 11), row(19), row(20)]);
  });

  it('remembers what the source lacks, and stops at a hole that nothing explains', async () => {
    const gap = [15 * MINUTE, 17 * MINUTE] as const;
    await cache.write(key, { candles: columns([...rows(10, 15), ...rows(17, 20)]), gaps: [gap] });
    const kept = await cache.read(key, 100);
    expect([kept.candles.length, kept.gaps]).toEqual([8, [gap]]);

    await cache.write(key, { candles: columns(rows(30, 35)), gaps: [] });
    const newest = await cache.read(key, 100);
    expect(toRows(newest.candles)).toEqual(rows(30, 35));
    expect(findGaps(newest.candles, '1m')).toEqual([]);
  });

  it('reads as empty when the browser has no storage', async () => {
    const blocked = new CandleCache(() => Promise.reject(new Error('denied')));
    await blocked.write(key, { candles: columns(rows(1, 3)), gaps: [] });
    expect((await blocked.read(key, 10)).candles.length).toBe(0);
  });
});
