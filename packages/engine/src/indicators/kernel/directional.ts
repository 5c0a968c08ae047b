import type { Graph, Series } from './graph.js';
import { fades } from './memory.js';

/** Wilder's running sums of directional movement and true range. */
export interface DirectionalSums {
  readonly plus: Series;
  readonly minus: Series;
  readonly range: Series;
}

/**
 * Wilder's sums over `period` (1978): the first `period − 1` moves are added up, then each candle
 * takes away a `period`-th and adds its own. With period 1 each candle's own values.
 */
export function directionalSums(g: Graph, period: number): DirectionalSums {
  const { high, low, close } = g;
  const begin = Math.max(1, period - 1);
  const plus = fades(g.column(begin), 1 / period);
  const minus = fades(g.column(begin), 1 / period);
  const range = fades(g.column(begin), 1 / period);
  const firstFree = period > 1 ? period : 0; // candles from here on are smoothed, earlier ones added up
  g.node(begin, (from, to) => {
    const highs = high.values;
    const lows = low.values;
    const closes = close.values;
    const ups = plus.values;
    const downs = minus.values;
    const ranges = range.values;
    const fresh = from === begin;
    let up = fresh ? 0 : ups[from - 1]!;
    let down = fresh ? 0 : downs[from - 1]!;
    let span = fresh ? 0 : ranges[from - 1]!;
    let i = fresh ? 1 : from;
    let highBefore = highs[i - 1]!;
    let lowBefore = lows[i - 1]!;
    let closeBefore = closes[i - 1]!;
    for (; i < to; i++) {
      const top = highs[i]!;
      const bottom = lows[i]!;
      const rise = top - highBefore;
      const fall = lowBefore - bottom;
      const reach = (top > closeBefore ? top : closeBefore) - (bottom < closeBefore ? bottom : closeBefore);
      if (i >= firstFree) {
        up -= up / period;
        down -= down / period;
        span -= span / period;
      }
      if (rise > 0 && rise > fall) up += rise;
      else if (fall > 0 && fall > rise) down += fall;
      span += reach;
      if (i >= begin) {
        ups[i] = up;
        downs[i] = down;
        ranges[i] = span;
      }
      highBefore = top;
      lowBefore = bottom;
      closeBefore = closes[i]!;
    }
  });
  return { plus, minus, range };
}

/** Directional indicator: movement as a percentage of the true range; 0 when nothing moves. */
export function directionalIndicator(g: Graph, sum: Series, range: Series, period: number): Series {
  return g.derive(Math.max(period, 1), (from, to, out) => {
    const sums = sum.values;
    const ranges = range.values;
    for (let i = from; i < to; i++) {
      const span = ranges[i]!;
      out[i] = span === 0 ? 0 : (100 * sums[i]!) / span;
    }
  });
}

/** Directional movement index 0…100; keeps its last value (0 at first) while neither side moves. */
export function directionalIndex(g: Graph, { plus, minus, range }: DirectionalSums, period: number): Series {
  const begin = Math.max(period, 1);
  return g.derive(begin, (from, to, out) => {
    const ups = plus.values;
    const downs = minus.values;
    const ranges = range.values;
    let index = from === begin ? 0 : out[from - 1]!;
    for (let i = from; i < to; i++) {
      const total = ups[i]! + downs[i]!;
      if (total !== 0 && ranges[i]! !== 0) index = (100 * Math.abs(ups[i]! - downs[i]!)) / total;
      out[i] = index;
    }
  });
}

/** Average directional index: the mean of the first `period` indices, then Wilder's average. */
export function averageDirectionalIndex(g: Graph, period: number): Series {
  const index = directionalIndex(g, directionalSums(g, period), period);
  const start = index.begin + period - 1;
  return fades(
    g.derive(start, (from, to, out) => {
      const values = index.values;
      let i = from;
      let average: number;
      if (i === start) {
        average = 0;
        for (let k = index.begin; k <= start; k++) average += values[k]!;
        average /= period;
        out[i++] = average;
      } else average = out[i - 1]!;
      for (; i < to; i++) {
        average = (average * (period - 1) + values[i]!) / period;
        out[i] = average;
      }
    }),
    1 / period,
  );
}
