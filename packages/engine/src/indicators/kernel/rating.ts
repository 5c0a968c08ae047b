import { map2, mapLag, subtract } from './arithmetic.js';
import { ema } from './averages.js';
import { averageDirectionalIndex, directionalIndicator, directionalSums } from './directional.js';
import { convergence } from './convergence.js';
import type { Graph, Series } from './graph.js';
import { rsi, stochastic } from './oscillator.js';
import { sma } from './window-sum.js';

/** What one indicator says: 1 buy, −1 sell, 0 neither. */
export type Vote = (index: number) => number;

const verdict = (buy: boolean, sell: boolean): number => (buy ? 1 : sell ? -1 : 0);

/** Both lines stand at 0 or 100 for candles on end; the rounding of their means must not decide (of 100). */
const NOISE = 1e-9;

/** Mean of `votes` from `begin` on. */
export function meanVote(g: Graph, begin: number, votes: readonly Vote[]): Series {
  return g.derive(begin, (from, to, out) => {
    for (let i = from; i < to; i++) {
      let sum = 0;
      for (const vote of votes) sum += vote(i);
      out[i] = sum / votes.length;
    }
  });
}

/** Buy while the price is above `average`, sell below. */
export const averageVote =
  (price: Series, average: Series): Vote =>
  (i) =>
    Math.sign(price.values[i]! - average.values[i]!);

/** Leaves an extreme: buy below `low` when rising, sell above `high` when falling. */
export const turningVote =
  (input: Series, low: number, high: number): Vote =>
  (i) => {
    const now = input.values[i]!;
    const before = input.values[i - 1]!;
    return verdict(now < low && now > before, now > high && now < before);
  };

/**
 * `k` above `d` in an oversold or below it in an overbought extreme, and only against the trend when `trend` (price −
 * average) is given. TradingView's text speaks of a crossing, its recorded ratings count the state.
 */
export const extremeVote =
  (k: Series, d: Series, trend?: Series): Vote =>
  (i) => {
    const fast = k.values[i]!;
    const slow = d.values[i]!;
    const side = trend?.values[i];
    const buy = fast < 20 && slow < 20 && fast > slow + NOISE && (side === undefined || side < 0);
    return verdict(buy, fast > 80 && slow > 80 && fast < slow - NOISE && (side === undefined || side > 0));
  };

/** Directional movement changes sides in a trend of 20 or more. */
export function directionVote(g: Graph): Vote {
  const sums = directionalSums(g, 14);
  const plus = directionalIndicator(g, sums.plus, sums.range, 14);
  const minus = directionalIndicator(g, sums.minus, sums.range, 14);
  const adx = averageDirectionalIndex(g, 14);
  return (i) => {
    const now = plus.values[i]! - minus.values[i]!;
    const before = plus.values[i - 1]! - minus.values[i - 1]!;
    const trending = adx.values[i]! > 20;
    return verdict(trending && before < 0 && now > 0, trending && before > 0 && now < 0);
  };
}

/** Awesome oscillator crosses zero, or turns in a saucer on one side of it. */
export function awesomeVote(g: Graph): Vote {
  const ao = subtract(g, sma(g, g.price('hl2'), 5), sma(g, g.price('hl2'), 34));
  return (i) => {
    const now = ao.values[i]!;
    const before = ao.values[i - 1]!;
    const earlier = ao.values[i - 2]!;
    const buy = (now > 0 && before <= 0) || (now > 0 && before > 0 && now > before && earlier > before);
    return verdict(buy, (now < 0 && before >= 0) || (now < 0 && before < 0 && now < before && earlier < before));
  };
}

/** Momentum over 10 candles rises or falls. */
export function momentumVote(g: Graph): Vote {
  const change = mapLag(
    g,
    mapLag(g, g.close, 10, (now, then) => now - then),
    1,
    (now, then) => now - then,
  );
  return (i) => Math.sign(change.values[i]!);
}

/** MACD above or below its signal. */
export function convergenceVote(g: Graph): Vote {
  const periods = { fast: 12, slow: 26, signal: 9 };
  const { histogram } = convergence(g, g.close, periods, { fast: 2 / 13, slow: 2 / 27 });
  return (i) => Math.sign(histogram.values[i]!);
}

/** Stochastic RSI 3, 3, 14, 14 against the trend. */
export function stochasticRsiVote(g: Graph, trend: Series): Vote {
  const strength = rsi(g, g.close, 14);
  const k = sma(g, stochastic(g, strength, strength, strength, 14), 3);
  return extremeVote(k, sma(g, k, 3), trend);
}

/** Elder's powers: bears weaken in an uptrend, bulls weaken in a downtrend. */
export function powerVote(g: Graph, trend: Series): Vote {
  const average = ema(g, g.close, 13);
  const bull = map2(g, g.high, average, (high, centre) => high - centre);
  const bear = map2(g, g.low, average, (low, centre) => low - centre);
  return (i) => {
    const side = trend.values[i]!;
    const bears = bear.values[i]!;
    const bulls = bull.values[i]!;
    return verdict(
      side > 0 && bears < 0 && bears > bear.values[i - 1]!,
      side < 0 && bulls > 0 && bulls < bull.values[i - 1]!,
    );
  };
}

/** Ichimoku 9, 26, 52: price re-crosses the conversion line on the far side of the base line, cloud agreeing. */
export const ichimokuVote =
  (price: Series, conversion: Series, base: Series, leadA: Series, leadB: Series): Vote =>
  (i) => {
    const now = price.values[i]!;
    const before = price.values[i - 1]!;
    const line = conversion.values[i]!;
    const a = leadA.values[i]!;
    const b = leadB.values[i]!;
    const buy = a > b && now > a && now < base.values[i]! && before < line && now > line;
    return verdict(buy, b > a && now < b && now > base.values[i]! && before > line && now < line);
  };
