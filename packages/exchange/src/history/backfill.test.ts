import { err, ok, type CandleRow } from '@wickworks/core';
import { startVenue } from '@wickworks/venue';
import { describe, expect, it } from 'vitest';
import { backfillCandles, type Backfill, type BackfillPage } from './backfill.js';
import { connectExchange } from '../connect.js';
import { failure } from '../failure.js';
import type { CandleQuery } from '../ports.js';

const MINUTE = 60_000;
const LIMIT = 10;
const NOW_MS = 1_000 * MINUTE + 30_000;
const row = (index: number): CandleRow => [index * MINUTE, 1, 2, 1, 2, index];

/** A source that answers only the window asked for, as MEXC does, and lacks some candles. */
function source(absent: (index: number) => boolean, failing: () => boolean = () => false) {
  const asked: CandleQuery[] = [];
  const connection: Backfill['connection'] = {
    capabilities: () =>
      Promise.resolve(ok({ candles: 'native', tickers: 'none', timeframes: ['1m'], candlesPerRequest: LIMIT })),
    fetchCandles: (query) => {
      asked.push(query);
      if (failing()) return Promise.resolve(err(failure('unavailable', 'planted', true)));
      const first = (query.sinceMs ?? 0) / MINUTE;
      const closed = Array.from({ length: LIMIT }, (_, offset) => first + offset).filter(
        (index) => !absent(index) && index < 1_000,
      );
      const forming = first + LIMIT > 1_000 ? row(1_000) : null;
      return Promise.resolve(ok({ closed: closed.map(row), forming, exchangeTimeMs: NOW_MS }));
    },
  };
  return { connection, asked };
}

/** Minutes in a day. */
const DAYS = 1_440;

/** An exchange that answers exactly the window asked for, 500 candles wide; `exists` by the number of the candle. */
function windowed(presentMinute: number, exists: Readonly<Record<'1m' | '1d', (index: number) => boolean>>) {
  const asked: CandleQuery[] = [];
  const size = 500;
  const connection: Backfill['connection'] = {
    capabilities: () =>
      Promise.resolve(ok({ candles: 'poll', tickers: 'none', timeframes: ['1m', '1d'], candlesPerRequest: size })),
    fetchCandles: (query) => {
      asked.push(query);
      const { timeframe } = query;
      if (timeframe !== '1m' && timeframe !== '1d') throw new Error(`no candles of ${timeframe}`);
      const widthMs = timeframe === '1m' ? MINUTE : DAYS * MINUTE;
      const first = Math.ceil((query.sinceMs ?? 0) / widthMs);
      const present = Math.floor((presentMinute * MINUTE) / widthMs);
      const found = Array.from({ length: size }, (_, offset) => first + offset)
        .filter((index) => index <= present && exists[timeframe](index))
        .map((index): CandleRow => [index * widthMs, 1, 2, 1, 2, index]);
      const forming = found.find(([openMs]) => openMs === present * widthMs) ?? null;
      const closed = found.filter((candle) => candle !== forming);
      return Promise.resolve(ok({ closed, forming, exchangeTimeMs: presentMinute * MINUTE + 30_000 }));
    },
  };
  return { connection, asked };
}

function collect(work: Omit<Backfill, 'symbol' | 'timeframe' | 'onPage' | 'retry'> & Partial<Backfill>) {
  const pages: BackfillPage[] = [];
  const retry = { baseMs: 1, maxMs: 2 };
  const onPage = (page: BackfillPage) => void pages.push(page);
  const result = backfillCandles({ symbol: 'A/B', timeframe: '1m', onPage, retry, ...work });
  return { pages, result, candles: () => pages.flatMap((page) => page.candles) };
}

describe('a backfill', () => {
  it('brings every candle once, oldest first, and names what the source lacks', async () => {
    const { connection } = source((index) => index >= 20 && index < 57);
    const { pages, result, candles } = collect({ connection, fromMs: 5 * MINUTE, toMs: 90 * MINUTE });
    expect(await result).toEqual(ok({ candles: 48 }));
    const expected = Array.from({ length: 85 }, (_, offset) => offset + 5).filter((index) => index < 20 || index >= 57);
    expect(candles()).toEqual(expected.map(row));
    expect(pages.flatMap((page) => page.gaps)).toEqual([[20 * MINUTE, 57 * MINUTE]]);
    const ratios = pages.map((page) => page.progressRatio);
    expect(ratios).toEqual([...ratios].sort((a, b) => a - b));
    expect(ratios.at(-1)).toBe(1);
  });

  it('names no gap before the first candle the source has, and the whole of one that reaches the end', async () => {
    const { connection } = source((index) => index < 42 || (index >= 52 && index < 58));
    const { pages, result, candles } = collect({ connection, fromMs: 0, toMs: 56 * MINUTE });
    expect(await result).toEqual(ok({ candles: 10 }));
    expect(candles()[0]).toEqual(row(42));
    expect(pages.flatMap((page) => page.gaps)).toEqual([[52 * MINUTE, 56 * MINUTE]]);
  });

  it('jumps to the first candle where the source answers with what comes first', async () => {
    const asked: number[] = [];
    const connection: Backfill['connection'] = {
      ...source(() => false).connection,
      fetchCandles: ({ sinceMs = 0 }) => {
        asked.push(sinceMs / MINUTE);
        const first = Math.max(sinceMs / MINUTE, 900);
        const closed = Array.from({ length: LIMIT }, (_, offset) => row(first + offset));
        return Promise.resolve(ok({ closed, forming: null, exchangeTimeMs: NOW_MS }));
      },
    };
    const { pages, result } = collect({ connection, fromMs: 0, toMs: 920 * MINUTE });
    expect(await result).toEqual(ok({ candles: 20 }));
    expect(asked).toEqual([0, 910]);
    expect(pages.flatMap((page) => page.gaps)).toEqual([]);
  });

  it.each([
    ['a market of five years in eight', 3 * 365 * DAYS, 0],
    ['an exchange that keeps minutes for a month', 3 * 365 * DAYS, 30 * DAYS],
    ['a market that begins in the last minutes of a day', 3 * 365 * DAYS + DAYS - 3, 0],
    ['a market that has just been listed', 8 * 365 * DAYS - 20, 0],
  ])('finds the first candle of %s by a bounded number of questions', async (_, listed, kept) => {
    const present = 8 * 365 * DAYS + 700;
    const first = Math.max(listed, kept === 0 ? 0 : present - kept);
    const { connection, asked } = windowed(present, { '1m': (index) => index >= first, '1d': (index) => index >= Math.floor(listed / DAYS) }); // prettier-ignore
    const { result, candles, pages } = collect({ connection, fromMs: 5 * MINUTE, toMs: (first + 10) * MINUTE });
    expect(await result).toEqual(ok({ candles: 10 }));
    expect(candles()[0]).toEqual(row(first));
    expect(pages.flatMap((page) => page.gaps)).toEqual([]);
    // Eight years are 8,400 pages of minutes and six of days.
    expect(asked.length).toBeLessThan(80);
  });

  it('loses no early candle to holes of hours and days, and names a halt of a year as one gap', async () => {
    const present = 4 * 365 * DAYS;
    const listed = 365 * DAYS + 600;
    const traded = (index: number): boolean => {
      const day = Math.floor(index / DAYS) - 365;
      if (index < listed || (day >= 40 && day < 405)) return false;
      return day % 5 === 0 ? index % DAYS === 1_200 || index === listed : day >= 405;
    };
    const minutes = Array.from({ length: present }, (_, index) => index).filter(traded);
    const days = new Set(minutes.map((index) => Math.floor(index / DAYS)));
    const { connection, asked } = windowed(present, { '1m': traded, '1d': (index) => days.has(index) });
    const { result, candles, pages } = collect({ connection, fromMs: 0, toMs: (listed + 410 * DAYS) * MINUTE });
    const expected = minutes.filter((index) => index < listed + 410 * DAYS);
    expect(await result).toEqual(ok({ candles: expected.length }));
    expect(candles().map((candle) => candle[0] / MINUTE)).toEqual(expected);
    expect(pages.flatMap((page) => page.gaps)).toContainEqual([
      (listed - 600 + 35 * DAYS + 1_201) * MINUTE,
      (listed - 600 + 405 * DAYS + 1_200) * MINUTE,
    ]);
    expect(asked.length).toBeLessThan(130);
  });

  it('asks for every page where the exchange refuses the wide candles it names', async () => {
    const { connection } = windowed(4 * DAYS, { '1m': (index) => index >= 2 * DAYS, '1d': () => true });
    const fetchCandles: typeof connection.fetchCandles = (query) =>
      query.timeframe === '1m'
        ? connection.fetchCandles(query)
        : Promise.resolve(err(failure('rejected', 'no such interval', false)));
    const { result } = collect({ connection: { ...connection, fetchCandles }, fromMs: 0, toMs: 3 * DAYS * MINUTE });
    expect(await result).toEqual(ok({ candles: DAYS }));
  });

  it('goes on where an answer was cut short, also when its last candle passes for the forming one', async () => {
    const whole = source(() => false).connection;
    const fetchCandles: typeof whole.fetchCandles = async (query) => {
      const page = await whole.fetchCandles(query);
      if (!page.ok) return page;
      return ok({ ...page.value, closed: page.value.closed.slice(0, 3), forming: page.value.closed[3] ?? null });
    };
    const { result, candles } = collect({ connection: { ...whole, fetchCandles }, fromMs: 0, toMs: 40 * MINUTE });
    expect(await result).toEqual(ok({ candles: 40 }));
    expect(candles()).toEqual(Array.from({ length: 40 }, (_, index) => row(index)));
  });

  it('is soon done with a market that was delisted years ago', async () => {
    const present = 6 * 365 * DAYS;
    const { connection, asked } = windowed(present, { '1m': (index) => index < 1_000, '1d': (index) => index === 0 });
    const { result } = collect({ connection, fromMs: 0, toMs: present * MINUTE });
    expect(await result).toEqual(ok({ candles: 1_000 }));
    expect(asked.length).toBeLessThan(12);
  });

  it('ends at the present, without the forming candle', async () => {
    const { connection } = source(() => false);
    const { result, candles } = collect({ connection, fromMs: 985 * MINUTE, toMs: 5_000 * MINUTE });
    expect(await result).toEqual(ok({ candles: 15 }));
    expect(candles().at(-1)).toEqual(row(999));
  });

  it('bears failures that pass, and gives up on those that do not', async () => {
    let count = 0;
    const { connection } = source(
      () => false,
      () => count++ % 3 !== 2,
    );
    const { result, candles } = collect({ connection, fromMs: 0, toMs: 40 * MINUTE });
    expect(await result).toEqual(ok({ candles: 40 }));
    expect(candles()).toHaveLength(40);
    const dead = source(
      () => false,
      () => true,
    );
    const gone = collect({ connection: dead.connection, fromMs: 0, toMs: 40 * MINUTE, attempts: 3 });
    expect(await gone.result).toMatchObject({ ok: false, error: { kind: 'unavailable' } });
    expect(dead.asked).toHaveLength(3);
  });

  it('stops between two pages when cancelled; what was told can be stored, and a new run goes on from there', async () => {
    const { connection } = source(() => false);
    const controller = new AbortController();
    const stored: CandleRow[] = [];
    const work = { connection, symbol: 'A/B', timeframe: '1m', toMs: 60 * MINUTE } as const;
    const onPage = async (page: BackfillPage): Promise<void> => {
      await Promise.resolve();
      stored.push(...page.candles);
      if (stored.length >= 30) controller.abort();
    };
    const cut = await backfillCandles({ ...work, fromMs: 0, onPage, signal: controller.signal });
    expect(cut).toMatchObject({ ok: false, error: { kind: 'closed' } });
    expect(stored).toHaveLength(30);
    const resumed = collect({ ...work, fromMs: stored.at(-1)![0] });
    expect(await resumed.result).toEqual(ok({ candles: 31 }));
    expect([...stored.slice(0, -1), ...resumed.candles()]).toEqual(
      Array.from({ length: 60 }, (_, index) => row(index)),
    );
  });

  it('pages through days of the local venue without a hole', async () => {
    const venue = await startVenue({ port: 0, speed: 1 });
    const connection = connectExchange({ id: 'local', venueUrl: venue.url });
    try {
      const toMs = Math.floor(venue.nowMs() / MINUTE) * MINUTE;
      const fromMs = toMs - 3_500 * MINUTE;
      const { pages, result, candles } = collect({ connection, symbol: 'BTC/USDT', fromMs, toMs });
      expect(await result).toEqual(ok({ candles: 3_500 }));
      expect(candles().map((candle) => candle[0])).toEqual(
        Array.from({ length: 3_500 }, (_, index) => fromMs + index * MINUTE),
      );
      expect(pages.length).toBe(4);
    } finally {
      await connection.close();
      await venue.close();
    }
  });
});
