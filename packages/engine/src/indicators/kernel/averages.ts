import type { Graph, Series } from './graph.js';
import { smooth, smoothPhase, smoothWeights, within } from './smooth.js';
import { startingAt } from './views.js';
import { sma, windowSum } from './window-sum.js';
import { fades } from './memory.js';

/** Mean of `values[from..to]`, both included. */
export function meanOf(values: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let k = from; k <= to; k++) sum += values[k]!;
  return sum / (to - from + 1);
}

/** Exponential smoothing with `weight` on the newest value, started by the mean of the first `period`. */
function smoothed(g: Graph, input: Series, period: number, weight: number): Series {
  const start = input.begin + period - 1;
  const weights = smoothWeights(weight);
  return fades(
    g.derive(start, (from, to, out) => {
      const { values } = input;
      if (from === start) out[start] = meanOf(values, input.begin, start);
      const first = from === start ? start + 1 : from;
      const phase = smoothPhase(first, start);
      const base = out[first - 1 - phase]!;
      // A live candle is computed without an object.
      if (to - first === 1) out[first] = within(values, first, phase, base, weights);
      else
        smooth({ values, shift: 0 }, { values: out, shift: 0 }, { from: first, to, seedIndex: start, base }, weights);
    }),
    weight,
  );
}

/** Exponential moving average, weight 2 / (period + 1), seeded by the first SMA as TA-Lib does. */
export const ema = (g: Graph, input: Series, period: number): Series =>
  period === 1 ? input : smoothed(g, input, period, 2 / (period + 1));

/** Wilder's average, weight 1 / period, seeded by the first SMA (Pine's `ta.rma`). */
export const rma = (g: Graph, input: Series, period: number): Series =>
  period === 1 ? input : smoothed(g, input, period, 1 / period);

/** Exponential smoothing that starts at the first value itself. */
export function smoothedFromFirst(g: Graph, input: Series, weight: number): Series {
  return fades(
    g.derive(input.begin, (from, to, out) => {
      const values = input.values;
      let previous = from === input.begin ? values[from]! : out[from - 1]!;
      for (let i = from; i < to; i++) {
        previous += weight * (values[i]! - previous);
        out[i] = previous;
      }
    }),
    weight,
  );
}

/** Double exponential moving average: 2·EMA − EMA(EMA) (Mulloy 1994). */
export function dema(g: Graph, input: Series, period: number): Series {
  const first = ema(g, input, period);
  const second = ema(g, first, period);
  return g.derive(second.begin, (from, to, out) => {
    const a = first.values;
    const b = second.values;
    for (let i = from; i < to; i++) out[i] = 2 * a[i]! - b[i]!;
  });
}

/** Triple exponential moving average: 3·EMA − 3·EMA² + EMA³ (Mulloy 1994). */
export function tema(g: Graph, input: Series, period: number): Series {
  const first = ema(g, input, period);
  const second = ema(g, first, period);
  const third = ema(g, second, period);
  return g.derive(third.begin, (from, to, out) => {
    const a = first.values;
    const b = second.values;
    const c = third.values;
    for (let i = from; i < to; i++) out[i] = 3 * a[i]! - 3 * b[i]! + c[i]!;
  });
}

/** Triangular moving average: an SMA of an SMA. */
export function trima(g: Graph, input: Series, period: number): Series {
  const half = Math.floor(period / 2) + 1;
  return sma(g, sma(g, input, period - half + 1), half);
}

/** T3: six chained EMAs mixed by the volume factor (Tillson 1998). */
export function t3(g: Graph, input: Series, period: number, factor: number): Series {
  let last = input;
  const chain = [1, 2, 3, 4, 5, 6].map(() => (last = ema(g, last, period)));
  const [, , e3, e4, e5, e6] = chain;
  const c1 = -(factor ** 3);
  const c2 = 3 * factor ** 2 + 3 * factor ** 3;
  const c3 = -6 * factor ** 2 - 3 * factor - 3 * factor ** 3;
  const c4 = 1 + 3 * factor + factor ** 3 + 3 * factor ** 2;
  return g.derive(last.begin, (from, to, out) => {
    const third = e3!.values;
    const fourth = e4!.values;
    const fifth = e5!.values;
    const sixth = e6!.values;
    for (let i = from; i < to; i++) out[i] = c1 * sixth[i]! + c2 * fifth[i]! + c3 * fourth[i]! + c4 * third[i]!;
  });
}

/** Kaufman's adaptive average: weight between 2/(fast+1) and 2/(slow+1) by the efficiency ratio over `period`. */
export function kama(g: Graph, input: Series, period: number, fast = 2, slow = 30): Series {
  const start = input.begin + period;
  const fastWeight = 2 / (fast + 1);
  const slowWeight = 2 / (slow + 1);
  const path = sumOfMoves(g, input, period);
  // Its weight is never less than the slower of the two.
  return fades(
    g.derive(start, (from, to, out) => {
      const values = input.values;
      const moves = path.values;
      let previous = from === start ? values[from - 1]! : out[from - 1]!;
      for (let i = from; i < to; i++) {
        const net = Math.abs(values[i]! - values[i - period]!);
        const total = moves[i]!;
        // A flat window has no direction to be efficient in; TA-Lib takes it as perfectly efficient.
        const efficiency = total <= net || total === 0 ? 1 : net / total;
        const weight = (efficiency * (fastWeight - slowWeight) + slowWeight) ** 2;
        previous += weight * (values[i]! - previous);
        out[i] = previous;
      }
    }),
    Math.min(fastWeight, slowWeight) ** 2,
  );
}

/** Sum of the absolute changes over the last `period` steps. */
export function sumOfMoves(g: Graph, input: Series, period: number): Series {
  const moves = g.derive(input.begin + 1, (from, to, out) => {
    const values = input.values;
    for (let i = from; i < to; i++) out[i] = Math.abs(values[i]! - values[i - 1]!);
  });
  return windowSum(g, moves, period);
}

/** `Σ(value · volume) / Σ volume` over `period` candles; the plain mean where nothing traded. */
export function volumeWeighted(g: Graph, input: Series, period: number): Series {
  const { volume } = g;
  const product = g.derive(input.begin, (from, to, out) => {
    const values = input.values;
    const volumes = volume.values;
    for (let i = from; i < to; i++) out[i] = values[i]! * volumes[i]!;
  });
  const worth = windowSum(g, product, period);
  const total = windowSum(g, startingAt(volume, input.begin), period);
  const mean = sma(g, input, period);
  return g.derive(worth.begin, (from, to, out) => {
    const worths = worth.values;
    const totals = total.values;
    const means = mean.values;
    for (let i = from; i < to; i++) out[i] = totals[i]! > 0 ? worths[i]! / totals[i]! : means[i]!;
  });
}

/** Mean of the last values weighted by `weights`, oldest first. O(weights): no shorter form is exact. */
export function weighted(g: Graph, input: Series, weights: readonly number[]): Series {
  const taps = Float64Array.from(weights);
  const count = taps.length;
  const total = taps.reduce((sum, weight) => sum + weight, 0);
  return g.derive(input.begin + count - 1, (from, to, out) => {
    const values = input.values;
    for (let i = from; i < to; i++) {
      let sum = 0;
      for (let k = 0; k < count; k++) sum += taps[k]! * values[i - count + 1 + k]!;
      out[i] = sum / total;
    }
  });
}
