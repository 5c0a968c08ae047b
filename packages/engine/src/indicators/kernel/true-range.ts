import type { Graph, Series } from './graph.js';
import { meanOf } from './averages.js';
import { fades } from './memory.js';

/** True range: the candle's span, widened to the previous close (Wilder 1978). From the second candle on. */
export function trueRange(g: Graph): Series {
  const { high, low, close } = g;
  return g.derive(1, (from, to, out) => {
    const highs = high.values;
    const lows = low.values;
    const closes = close.values;
    let previous = closes[from - 1]!;
    for (let i = from; i < to; i++) {
      out[i] = Math.max(highs[i]!, previous) - Math.min(lows[i]!, previous);
      previous = closes[i]!;
    }
  });
}

/** Average true range: Wilder's average of the true range, seeded by the mean of the first `period`. */
export function averageTrueRange(g: Graph, period: number): Series {
  const { high, low, close } = g;
  const at = (i: number): number =>
    Math.max(high.values[i]!, close.values[i - 1]!) - Math.min(low.values[i]!, close.values[i - 1]!);
  return fades(
    g.derive(period, (from, to, out) => {
      const highs = high.values;
      const lows = low.values;
      const closes = close.values;
      let average: number;
      let i = from;
      if (i === period) {
        const ranges = new Float64Array(period);
        for (let k = 0; k < period; k++) ranges[k] = at(k + 1);
        average = meanOf(ranges, 0, period - 1);
        out[i++] = average;
      } else average = out[i - 1]!;
      const keep = period - 1;
      let previous = closes[i - 1]!;
      for (; i < to; i++) {
        const range = Math.max(highs[i]!, previous) - Math.min(lows[i]!, previous);
        average = (average * keep + range) / period;
        out[i] = average;
        previous = closes[i]!;
      }
    }),
    1 / period,
  );
}

/** True range that counts the first candle too, by its own span (Pine's `ta.tr(true)`). */
export function openTrueRange(g: Graph): Series {
  const { high, low, close } = g;
  return g.derive(0, (from, to, out) => {
    for (let i = from; i < to; i++) {
      const before = i === 0 ? low.values[0]! : close.values[i - 1]!;
      out[i] = Math.max(high.values[i]!, before) - Math.min(low.values[i]!, before);
    }
  });
}
