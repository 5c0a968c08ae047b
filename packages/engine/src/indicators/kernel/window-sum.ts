import type { Graph, Series } from './graph.js';

/** Suffix sums of the block at hand, for periods up to its length. */
const SCRATCH = new Float64Array(4_096);

/**
 * Sum of the last `period` values, divided by `divisor`, in O(1) amortised and without subtraction.
 * Values are cut into blocks of `period`: a window is the end of one block plus the start of the next, so its
 * sum is one stored suffix sum plus one running prefix sum. Nothing is ever taken away again, hence no
 * drift over millions of candles and an exact 0 for a window of zeros (van Herk 1992, there for maxima).
 */
export function windowSum(g: Graph, input: Series, period: number, divisor = 1): Series {
  if (period <= SHORT) return shortSum(g, input, period, divisor);
  const start = input.begin + period - 1;
  const suffix = g.state(period);
  /** Sum of the block before the group of four under way. */
  const head = g.state(1);
  return g.derive(start, (from, to, out) => {
    const values = input.values;
    let i = from;
    let place = (i - input.begin) % period;
    let prefix = head[0]!;
    if (i === start) {
      prefix = 0;
      for (let k = input.begin; k + 4 <= start - (place & 3); k += 4) prefix += sumOfFour(values, k);
    }
    while (i < to) {
      if (place === 0) {
        if (period <= SCRATCH.length && i + period <= to) {
          i = wholeBlocks(values, out, { from: i, to, period, divisor });
          continue;
        }
        suffixSums(values, i, period, suffix);
        prefix = 0;
      }
      const stop = Math.min(to, i + period - place);
      for (; i < stop; i++, place++) {
        const phase = place & 3;
        out[i] = (suffix[place]! + (prefix + sumWithin(values, i, phase))) / divisor;
        if (phase === 3) prefix += sumWithin(values, i, phase);
      }
      if (place === period) place = 0;
    }
    head[0] = prefix;
  });
}

/**
 * The same sums for as many whole blocks as fit in `[from, to)`, one of which begins at `from`; returns where the next
 * begins. A function of its own keeps everything in registers; `| 0` tells the compiler that no index can overflow; of a
 * buffer that is always the same (read once: a constant of a module is looked up each time) it knows address and length.
 */
function wholeBlocks(
  values: Float64Array,
  out: Float64Array,
  { from, to, period, divisor }: { from: number; to: number; period: number; divisor: number },
): number {
  const suffix = SCRATCH;
  let i = from;
  while (i + period <= to) {
    const stop = (i + period) | 0;
    suffixSums(values, i, period, suffix);
    let prefix = 0;
    let k = 0;
    for (; i + 4 <= stop; i = (i + 4) | 0, k = (k + 4) | 0) {
      const one = values[i]!;
      const two = one + values[(i + 1) | 0]!;
      const three = two + values[(i + 2) | 0]!;
      const four = three + values[(i + 3) | 0]!;
      out[i] = (suffix[k]! + (prefix + one)) / divisor;
      out[(i + 1) | 0] = (suffix[(k + 1) | 0]! + (prefix + two)) / divisor;
      out[(i + 2) | 0] = (suffix[(k + 2) | 0]! + (prefix + three)) / divisor;
      prefix += four;
      out[(i + 3) | 0] = (suffix[(k + 3) | 0]! + prefix) / divisor;
    }
    if (i === stop) continue;
    let part = values[i]!;
    for (; ; part += values[i]!) {
      out[i] = (suffix[k]! + (prefix + part)) / divisor;
      k++;
      if (++i === stop) break;
    }
  }
  return i;
}

/** Below this a window is summed anew for each candle: that is exact too, and faster. */
const SHORT = 4;

function shortSum(g: Graph, input: Series, period: number, divisor: number): Series {
  return g.derive(input.begin + period - 1, (from, to, out) => {
    const values = input.values;
    if (period === 3) for (let i = from; i < to; i++) out[i] = (values[i - 2]! + values[i - 1]! + values[i]!) / divisor;
    else
      for (let i = from; i < to; i++) {
        let sum = 0;
        for (let k = i - period + 1; k <= i; k++) sum += values[k]!;
        out[i] = sum / divisor;
      }
  });
}

/** Sum of four values from `at` on, in the order of the groups' own sums. */
const sumOfFour = (values: Float64Array, at: number): number =>
  values[at]! + values[at + 1]! + values[at + 2]! + values[at + 3]!;

/** Sum of a group up to its value at `i`, which is its `phase`-th. */
function sumWithin(values: Float64Array, i: number, phase: number): number {
  let sum = values[i - phase]!;
  for (let k = i - phase + 1; k <= i; k++) sum += values[k]!;
  return sum;
}

/** Simple moving average over `period` values. */
export const sma = (g: Graph, input: Series, period: number): Series =>
  period === 1 ? input : windowSum(g, input, period, period);

/** `suffix[k]` = sum of the values `k + 1 .. period - 1` of the block that ends before `end`; four at a time. */
function suffixSums(values: Float64Array, end: number, period: number, suffix: Float64Array): void {
  const base = end - period;
  let sum = 0;
  suffix[period - 1] = 0;
  if (base < 0) return;
  let k = period - 1;
  for (; k >= 4; k = (k - 4) | 0) {
    const at = (base + k) | 0;
    const one = values[at]!;
    const two = one + values[(at - 1) | 0]!;
    const three = two + values[(at - 2) | 0]!;
    suffix[(k - 1) | 0] = sum + one;
    suffix[(k - 2) | 0] = sum + two;
    suffix[(k - 3) | 0] = sum + three;
    sum += three + values[(at - 3) | 0]!;
    suffix[(k - 4) | 0] = sum;
  }
  for (; k > 0; k--) {
    sum += values[base + k]!;
    suffix[k - 1] = sum;
  }
}
