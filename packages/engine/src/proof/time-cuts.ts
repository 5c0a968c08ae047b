import { closeTimeOf, copyColumns, cutTape, lowerBound, type CandleColumns, type Timeframe } from '@wickworks/core';
import type { RunInput } from '../runner/run.js';
import type { RunMarket } from '../runner/run-types.js';

/** Candles of `candles` that have closed by `timeMs`. */
export function closedBy(candles: CandleColumns, timeframe: Timeframe, timeMs: number): number {
  let count = lowerBound(candles, timeMs);
  while (count > 0 && closeTimeOf(timeframe, candles.time[count - 1]!) > timeMs) count--;
  return count;
}

/** The input as it was known at `timeMs`: copies of the candles closed by then, so that nothing lies behind them. */
export const knownAt = (input: RunInput, timeMs: number): RunInput => ({
  ...input,
  markets: withoutTradesFrom(input, timeMs).markets.map((market) =>
    part(market, {
      from: 0,
      to: closedBy(market.candles, input.timeframe, timeMs),
      detailFrom: 0,
      detailTo: market.detail ? lowerBound(market.detail, timeMs) : 0,
    }),
  ),
});

/** The input without the trades of `timeMs` and later: candles that change after it would contradict them. */
export const withoutTradesFrom = (input: RunInput, timeMs: number): RunInput => ({
  ...input,
  markets: input.markets.map((market) =>
    market.trades ? { ...market, trades: cutTape(market.trades, -Infinity, timeMs) } : market,
  ),
});

/** The input as if data began at `timeMs`. */
export const startingAt = (input: RunInput, timeMs: number): RunInput => ({
  ...input,
  markets: input.markets.map((market) =>
    part(market.trades ? { ...market, trades: cutTape(market.trades, timeMs, Infinity) } : market, {
      from: lowerBound(market.candles, timeMs),
      to: market.candles.length,
      detailFrom: market.detail ? lowerBound(market.detail, timeMs) : 0,
      detailTo: market.detail?.length ?? 0,
    }),
  ),
});

function part(market: RunMarket, of: { from: number; to: number; detailFrom: number; detailTo: number }): RunMarket {
  const { detail } = market;
  return {
    ...market,
    candles: copyColumns(market.candles, of.from, of.to),
    ...(detail ? { detail: copyColumns(detail, of.detailFrom, of.detailTo) } : {}),
  };
}

/** Open time of the candle at `share` (0..1) of the market that has the most candles. */
export function openTimeAt(input: RunInput, share: number): number {
  const longest = input.markets.reduce((most, market) => (market.candles.length > most.candles.length ? market : most));
  const { candles } = longest;
  return candles.time[Math.min(candles.length - 1, Math.floor(share * candles.length))]!;
}

/** True when every market has closed a candle by `timeMs`. */
export const allBegunBy = (input: RunInput, timeMs: number): boolean =>
  input.markets.every(({ candles }) => closedBy(candles, input.timeframe, timeMs) > 0);

/** `count` shares spread over `[low, high)`, each shifted within its part by a seeded draw. */
export function seededShares(count: number, low: number, high: number, seed: number): number[] {
  let state = seed;
  return Array.from({ length: count }, (_, i) => {
    // Numerical Recipes' linear congruential generator: plenty for a handful of places to cut.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return low + ((high - low) * (i + state / 2 ** 32)) / count;
  });
}
