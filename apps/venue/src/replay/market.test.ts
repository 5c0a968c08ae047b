import {
  Candles,
  closeTimeOf,
  MS_PER_DAY,
  openTimeAt,
  resample,
  toRows,
  type CandleRow,
  type Timeframe,
} from '@wickworks/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildGrid } from './candle-grid.js';
import { Market, type ReplayCandle } from './market.js';
import { Rng } from './hash.js';
import { TradePath } from './trade-path.js';

const FIRST_MS = Date.UTC(2024, 0, 30, 13, 15);

/** A wandering minute market of `minutes`, without the minutes `hole` names. */
function wander(minutes: number, hole: (minute: number) => boolean = () => false): Candles {
  const rng = new Rng(5);
  const candles = new Candles(minutes);
  let price = 10_000;
  for (let minute = 0; minute < minutes; minute++) {
    const open = price;
    price = Math.max(100, price + rng.below(41) - 20);
    const high = Math.max(open, price) + rng.below(5);
    const low = Math.min(open, price) - rng.below(5);
    const volume = rng.next() < 0.05 ? 0 : 10 + rng.below(5_000);
    const flat = volume === 0;
    const row: CandleRow = [
      FIRST_MS + minute * 60_000,
      flat ? price : open,
      flat ? price : high,
      flat ? price : low,
      price,
      volume,
    ];
    if (!hole(minute)) candles.push(row);
  }
  return candles;
}

function marketOf(candles: Candles, repeats = true, realTrades: ReadonlyMap<number, TradePath> = new Map()): Market {
  const file = { candles, priceDecimals: 0, volumeDecimals: 0 };
  const options = { timeframe: '1m', priceDecimals: 0, quantityDecimals: 0, fillHolesUpToMs: 0 } as const;
  const grid = buildGrid(file, { ...options, wholeDays: repeats });
  return new Market({ symbol: 'A/B', seed: 1, repeats, grid, realTrades });
}

const rowOf = ({ openTimeMs, open, high, low, close, volume }: ReplayCandle): CandleRow => [
  openTimeMs,
  open,
  high,
  low,
  close,
  volume,
];

/** All candles of a timeframe from the source's start to `nowMs`. */
function allCandles(market: Market, timeframe: Timeframe, nowMs: number): ReplayCandle[] {
  const found: ReplayCandle[] = [];
  for (let at = openTimeAt(timeframe, FIRST_MS); at <= nowMs; at = closeTimeOf(timeframe, at)) {
    const candle = market.candle(timeframe, at, nowMs);
    if (candle) found.push(candle);
  }
  return found;
}

describe('a market', () => {
  const source = wander(3 * 1_440 + 100, (minute) => minute >= 700 && minute < 740);
  const market = marketOf(source);
  const endMs = FIRST_MS + 3 * MS_PER_DAY;

  it('shows past minutes with the very numbers of the file', () => {
    const shown = allCandles(market, '1m', endMs - 1).map(rowOf);
    expect(shown).toEqual(toRows(source, 0, 3 * 1_440 - 40));
  });

  it.each(['3m', '5m', '15m', '30m', '1h', '2h', '4h', '6h', '8h', '12h', '1d', '3d', '1w', '1M'] as const)(
    '%s equals the resampled file',
    (timeframe) => {
      const minutes = Candles.fromRows(toRows(source, 0, 3 * 1_440 - 40));
      expect(allCandles(market, timeframe, endMs - 1).map(rowOf)).toEqual(toRows(resample(minutes, timeframe)));
    },
  );

  it('starts over after whole days, at the same hour, for ever', () => {
    const round = 3 * MS_PER_DAY;
    for (const timeframe of ['1m', '1h', '1d'] as const) {
      const far = openTimeAt(timeframe, FIRST_MS + MS_PER_DAY + 5_000_000);
      const first = market.candle(timeframe, far, Infinity);
      const later = market.candle(timeframe, far + 500 * round, Infinity);
      expect(later).toMatchObject({ open: first?.open, high: first?.high, volume: first?.volume });
      expect(later?.quote.toBigInt()).toBe(first?.quote.toBigInt());
      expect(later?.firstTradeId).toBe(Number(first?.firstTradeId) + 500 * market.lastTradeId(endMs - 1));
    }
  });

  it('sums the same whatever it was asked before: totals of days are only a shortcut', () => {
    const fresh = marketOf(source);
    const spanMs = 8 * MS_PER_DAY;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: spanMs }), fc.integer({ min: 0, max: spanMs }), (a, b) => {
        const from = FIRST_MS + Math.min(a, b);
        const to = FIRST_MS + Math.max(a, b);
        const whole = market.aggregate(from, to, Infinity);
        let volume = 0;
        let trades = 0;
        let quote = 0n;
        for (let at = Math.ceil(from / 60_000) * 60_000; at < to; at += 60_000) {
          const minute = fresh.candle('1m', at, Infinity);
          volume += minute?.volume ?? 0;
          trades += minute?.tradeCount ?? 0;
          quote += minute?.quote.toBigInt() ?? 0n;
        }
        expect([whole?.volume ?? 0, whole?.tradeCount ?? 0, whole?.quote.toBigInt() ?? 0n]).toEqual([
          volume,
          trades,
          quote,
        ]);
      }),
      { numRuns: 12 },
    );
  });

  it('forms each candle from exactly the trades so far, for every timeframe', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 60_000, max: 7 * MS_PER_DAY }),
        fc.constantFrom<Timeframe>('1s', '1m', '5m', '1h', '1d'),
        (afterMs, timeframe) => {
          const nowMs = FIRST_MS + afterMs;
          const openMs = openTimeAt(timeframe, nowMs);
          const candle = market.candle(timeframe, openMs, nowMs);
          const from = market.firstTradeIdFrom(openMs);
          const trades = [...market.tradesBetween(from, market.lastTradeId(nowMs))];
          if (candle === undefined) {
            expect(trades).toEqual([]);
            return;
          }
          expect(candle.tradeCount).toBe(trades.length);
          expect(candle.volume).toBe(trades.reduce((sum, { quantity }) => sum + quantity, 0));
          expect(candle.quote.toBigInt()).toBe(trades.reduce((sum, t) => sum + BigInt(t.quantity * t.price), 0n));
          const bought = trades.filter(({ takerBuys }) => takerBuys).reduce((sum, { quantity }) => sum + quantity, 0);
          expect(candle.takerBuyVolume).toBe(bought);
          expect(candle.closed).toBe(false);
          if (trades.length > 0) expect(candle.firstTradeId).toBe(trades[0]?.id);
          expect(candle.close).toBe(market.lastPrice(nowMs));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('numbers its trades from 1 without a gap, in the order of time', () => {
    const last = market.lastTradeId(FIRST_MS + 4 * MS_PER_DAY);
    let id = 0;
    let timeMs = 0;
    for (const trade of market.tradesBetween(1, last)) {
      if (trade.id !== ++id) throw new Error(`trade ${trade.id} comes as number ${id}`);
      if (trade.timeMs < timeMs) throw new Error(`trade ${id} goes back in time`);
      timeMs = trade.timeMs;
    }
    expect(id).toBe(last);
    expect(market.tradeById(last)).toEqual([...market.tradesBetween(last, last)][0]);
  });

  it('has nothing inside a hole and nothing before its source', () => {
    expect(market.candle('1m', FIRST_MS + 710 * 60_000, Infinity)).toBeUndefined();
    expect(market.candle('1s', FIRST_MS + 710 * 60_000, Infinity)).toBeUndefined();
    expect(market.candle('1m', FIRST_MS - 60_000, Infinity)).toBeUndefined();
    expect(market.lastPrice(FIRST_MS - 1)).toBeUndefined();
    expect(market.lastTradeId(FIRST_MS - 1)).toBe(0);
    expect(market.lastPrice(FIRST_MS + 720 * 60_000)).toBe(market.lastPrice(FIRST_MS + 700 * 60_000 - 1));
  });
});

it('a market shown once ends with its source', () => {
  const source = wander(100);
  const market = marketOf(source, false);
  const endMs = FIRST_MS + 100 * 60_000;
  expect(allCandles(market, '1m', endMs + MS_PER_DAY).map(rowOf)).toEqual(toRows(source));
  expect(market.lastPrice(endMs + MS_PER_DAY)).toBe(source.at(-1)?.[4]);
  expect(market.candle('1h', openTimeAt('1h', endMs + MS_PER_DAY), Infinity)).toBeUndefined();
});

it('real trades stand in for made ones', () => {
  const path = new TradePath(2);
  path.count = 2;
  path.offsetMs.set([5_000, 5_000]);
  path.price.set([10, 12]);
  path.quantity.set([1, 2]);
  path.takerBuys.set([0, 1]);
  const candles = Candles.fromRows([
    [0, 9, 9, 9, 9, 1],
    [60_000, 10, 12, 10, 12, 3],
  ]);
  const market = marketOf(candles, true, new Map([[1, path]]));
  expect(market.candle('1m', 60_000, 64_999)).toMatchObject({ open: 9, close: 9, volume: 0, tradeCount: 0 });
  expect(market.candle('1m', 60_000, 65_000)).toMatchObject({ open: 10, close: 12, volume: 3, takerBuyVolume: 2 });
  expect(market.candle('1s', 65_000, 66_000)).toMatchObject({ open: 10, close: 12, volume: 3, closed: true });
});
