import type { Graph, Series } from './graph.js';
import { map } from './arithmetic.js';
import { ofSample, windowMoments } from './window-moments.js';
import { windowSum } from './window-sum.js';

/** Logarithm of `a[i] / b[i − lag]`, per candle. */
export function logRatio(g: Graph, a: Series, b: Series, lag = 0): Series {
  return g.derive(Math.max(a.begin, b.begin + lag), (from, to, out) => {
    const above = a.values;
    const below = b.values;
    for (let i = from; i < to; i++) out[i] = Math.log(above[i]! / below[i - lag]!);
  });
}

/** Volatility in percent from a variance per candle, for `perYear` candles. */
export const annualised = (g: Graph, variance: Series, perYear: number): Series =>
  map(g, variance, (value) => 100 * Math.sqrt(Math.max(0, value) * perYear));

/** Sample variance (divided by `period − 1`). */
export const sampleVariance = (g: Graph, input: Series, period: number): Series =>
  map(g, windowMoments(g, input, period).variance, (value) => value * ofSample(period));

/** Mean over `period` of a per-candle estimate. */
export const meanOver = (g: Graph, input: Series, period: number): Series => windowSum(g, input, period, period);

/** Rogers and Satchell's variance of one candle, free of drift (1991). */
export function rogersSatchell(g: Graph): Series {
  const { open, high, low, close } = g;
  return g.derive(0, (from, to, out) => {
    for (let i = from; i < to; i++) {
      const o = Math.log(open.values[i]!);
      const h = Math.log(high.values[i]!);
      const l = Math.log(low.values[i]!);
      const c = Math.log(close.values[i]!);
      out[i] = (h - c) * (h - o) + (l - c) * (l - o);
    }
  });
}
