import { err, findGaps, Candles, ok, type CandleRow, type Gap, type SeriesKey } from '@wickworks/core';
import { describe, expect, it } from 'vitest';
import { failure } from '../failure.js';
import type { CandleQuery } from '../ports.js';
import type { HistorySource } from './backfill.js';
import { fetchHistory, type HistoryProgress, type HistoryStore } from './fetch-history.js';

const MINUTE = 60_000;
const KEY: SeriesKey = { exchange: 'x', symbol: 'A/B', timeframe: '1m' };
const PRESENT = 1_000;
const row = (index: number): CandleRow => [index * MINUTE, 1, 2, 1, 2, index];

/** An exchange that holds what `has` says and, of the window asked for, nothing else. */
function exchangeOf(has: (index: number) => boolean) {
  const asked: CandleQuery[] = [];
  const source: HistorySource = {
    capabilities: () =>
      Promise.resolve(ok({ candles: 'native', tickers: 'none', timeframes: ['1m'], candlesPerRequest: 50 })),
    fetchCandles: (query) => {
      asked.push(query);
      const first = query.sinceMs === undefined ? PRESENT - query.limit : query.sinceMs / MINUTE;
      const held = Array.from({ length: query.limit }, (_, offset) => first + offset).filter(
        (index) => index < PRESENT && has(index),
      );
      return Promise.resolve(ok({ closed: held.map(row), forming: null, exchangeTimeMs: PRESENT * MINUTE + 1 }));
    },
  };
  return { source, asked };
}

/** A store that keeps rows in memory, and fails once after `failsAfter` appends when told to. */
class Memory implements HistoryStore {
  readonly rows = new Map<number, CandleRow>();
  readonly gaps: Gap[] = [];
  fault: string | null = null;
  failsAfter = Infinity;

  summary() {
    const sorted = [...this.rows.values()].sort((a, b) => a[0] - b[0]);
    const [first] = sorted;
    const last = sorted.at(-1);
    if (!first || !last) return Promise.resolve(null);
    const gaps = findGaps(Candles.fromRows(sorted), '1m');
    return Promise.resolve({ fromMs: first[0], toMs: last[0], gaps, fault: this.fault });
  }

  sourceGaps() {
    return Promise.resolve([...this.gaps].sort((a, b) => a[0] - b[0]));
  }

  markSourceGap(_: SeriesKey, gap: Gap) {
    this.gaps.push(gap);
    return Promise.resolve();
  }

  append(_: SeriesKey, candles: readonly CandleRow[]) {
    if (this.failsAfter-- <= 0) return Promise.reject(new Error('the disk is full'));
    for (const candle of candles) this.rows.set(candle[0], candle);
    return Promise.resolve({ added: candles.length, corrections: [] });
  }

  get indices(): number[] {
    return [...this.rows.keys()].map((time) => time / MINUTE).sort((a, b) => a - b);
  }
}

const told: HistoryProgress[] = [];
const jobOf = (fromMinute: number, toMinute: number | null) => ({
  key: KEY,
  fromMs: fromMinute * MINUTE,
  toMs: toMinute === null ? null : toMinute * MINUTE,
  nowMs: () => 0,
  retry: { baseMs: 1, maxMs: 1 },
  onProgress: (progress: HistoryProgress) => void told.push(progress),
});

describe('fetchHistory', () => {
  it('fills holes in what is stored, records those of the exchange, and does not ask for either again', async () => {
    const has = (index: number): boolean => index >= 130 && !(index >= 400 && index < 470);
    const { source, asked } = exchangeOf(has);
    const store = new Memory();
    for (let index = 200; index < 600; index++)
      if (has(index) && index % 90 > 3) store.rows.set(index * MINUTE, row(index));
    const outcome = await fetchHistory({ store, exchange: source }, jobOf(100, null));
    const expected = Array.from({ length: PRESENT }, (_, index) => index).filter(has);
    expect(store.indices).toEqual(expected);
    expect(outcome).toMatchObject({ ok: true, value: { corrected: 0, toMs: PRESENT * MINUTE } });
    // What the store lacked around the exchange's hole was asked for in pieces: together they are that hole.
    const covered = Array.from({ length: PRESENT }, (_, index) => index).filter((index) =>
      store.gaps.some(([from, to]) => index * MINUTE >= from && index * MINUTE < to),
    );
    expect(covered).toEqual(Array.from({ length: 70 }, (_, offset) => 400 + offset));
    const before = asked.length;
    expect(await fetchHistory({ store, exchange: source }, jobOf(130, null))).toMatchObject({
      value: { added: 0, absent: 0 },
    });
    expect(asked.length - before).toBe(1);
  });

  it('broken off by the store, goes on where it was', async () => {
    const { source, asked } = exchangeOf(() => true);
    const store = new Memory();
    store.failsAfter = 4;
    await expect(fetchHistory({ store, exchange: source }, jobOf(0, null))).rejects.toThrow('the disk is full');
    expect(store.indices).toEqual(Array.from({ length: 200 }, (_, index) => index));
    store.failsAfter = Infinity;
    asked.length = 0;
    expect(await fetchHistory({ store, exchange: source }, jobOf(0, null))).toMatchObject({ value: { added: 800 } });
    expect(asked.every(({ sinceMs }) => sinceMs === undefined || sinceMs >= 199 * MINUTE)).toBe(true);
    expect(told.at(-1)).toMatchObject({ ratio: 1, added: 800, wanted: 800 });
  });

  it('refuses to guess what is missing of a store that cannot be read, and timeframes that do not exist', async () => {
    const { source, asked } = exchangeOf(() => true);
    const store = new Memory();
    store.rows.set(0, row(0));
    store.fault = 'chunk 3 is damaged';
    const refused = await fetchHistory({ store, exchange: source }, jobOf(0, 50));
    expect(refused).toMatchObject({ ok: false, error: { kind: 'damaged', retryable: false } });
    expect(store.rows.size).toBe(1);
    expect(asked).toHaveLength(1);
    const wide = { ...jobOf(0, 50), key: { ...KEY, timeframe: '1h' } } as const;
    expect(await fetchHistory({ store, exchange: source }, wide)).toMatchObject({
      ok: false,
      error: { kind: 'unsupported' },
    });
  });

  it('tells what it waits for, and gives up with a failure that says whether to come back', async () => {
    const { source } = exchangeOf(() => true);
    const away = failure('rate-limited', 'slow down', true);
    const parts = { store: new Memory(), exchange: { ...source, fetchCandles: () => Promise.resolve(err(away)) } };
    told.length = 0;
    const given = await fetchHistory(parts, { ...jobOf(0, 50), attempts: 3 });
    expect(given).toEqual(err({ kind: 'rate-limited', message: 'x: slow down', retryable: true }));
    expect(told.map(({ waiting }) => waiting?.failure)).toEqual([away, away]);
  });
});
