import type { Graph, Series } from './graph.js';

/**
 * Sum of the last `period` values, divided by `divisor`, in O(1) amortised and without subtraction.
 * Values are cut into blocks of `period`: a window is the end of one block plus the start of the next, so its
 * sum is one stored suffix sum plus one running prefix sum. Nothing is ever taken away again, hence no
 * drift over millions of candles and an exact 0 for a window of zeros (van Herk 1992, there for maxima).
 */
export function windowSum(g: Graph, input: Series, period: number, divisor = 1): Series {
  const start = input.begin + period - 1;
  const suffix = g.state(period);
  const head = g.state(1);
  return g.derive(start, (from, to, out) => {
    const values = input.values;
    let prefix = head[0]!;
    let i = from;
    if (i === start) {
      prefix = 0;
      for (let k = input.begin; k < start; k++) prefix += values[k]!;
    }
    let place = (i - input.begin) % period;
    while (i < to) {
      if (place === 0) {
        suffixSums(values, i, period, suffix);
        prefix = 0;
      }
      const stop = Math.min(to, i + period - place);
      if (divisor === 1) {
        for (; i < stop; i++, place++) {
          prefix += values[i]!;
          out[i] = suffix[place]! + prefix;
        }
      } else {
        for (; i < stop; i++, place++) {
          prefix += values[i]!;
          out[i] = (suffix[place]! + prefix) / divisor;
        }
      }
      place = 0;
    }
    head[0] = prefix;
  });
}

/** Simple moving average over `period` values. */
export const sma = (g: Graph, input: Series, period: number): Series =>
  period === 1 ? input : windowSum(g, input, period, period);

/** `suffix[k]` = sum of the values `k + 1 .. period - 1` of the block that ends before `end`. */
function suffixSums(values: Float64Array, end: number, period: number, suffix: Float64Array): void {
  const base = end - period;
  let sum = 0;
  suffix[period - 1] = 0;
  if (base < 0) return;
  for (let k = period - 1; k > 0; k--) {
    sum += values[base + k]!;
    suffix[k - 1] = sum;
  }
}
