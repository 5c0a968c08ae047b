import { meanOf } from './averages.js';
import type { Graph, Series } from './graph.js';
import { smoothPhase, smoothWeights, within, type SmoothWeights } from './smooth.js';
import { fades } from './memory.js';

/** MACD line, its signal and their difference; all three begin with the signal. */
export interface Convergence {
  readonly macd: Series;
  readonly signal: Series;
  readonly histogram: Series;
}

/**
 * EMA-based convergence in one pass. As in TA-Lib both averages are seeded by the mean that ends at the slow
 * one's first candle, and the signal by the mean of the first `signal` differences.
 */
export function convergence(
  g: Graph,
  input: Series,
  periods: { readonly fast: number; readonly slow: number; readonly signal: number },
  weights: { readonly fast: number; readonly slow: number },
): Convergence {
  const { fast, slow, signal } = periods;
  const first = input.begin + slow - 1;
  const start = first + signal - 1;
  const slower = Math.min(weights.fast, weights.slow);
  const macdColumn = fades(g.column(start), slower);
  const signalColumn = fades(g.column(start), slower, 2 / (signal + 1));
  const histogramColumn = fades(g.column(start), slower, 2 / (signal + 1));
  /** Bases of the two averages' groups of four, and the sum of the differences before `start`. */
  const state = g.state(3);
  const fastWeights = smoothWeights(weights.fast);
  const slowWeights = smoothWeights(weights.slow);
  const signalWeights = smoothWeights(2 / (signal + 1));
  /** The averages' differences until the signal begins: they are in no column. */
  const seed = (from: number, to: number): void => {
    const x = input.values;
    if (from === first) {
      state[0] = meanOf(x, first - fast + 1, first);
      state[1] = meanOf(x, input.begin, first);
      state[2] = state[0] - state[1];
    }
    for (let i = Math.max(from, first + 1); i < to; i++) {
      const phase = smoothPhase(i, first);
      const quick = within(x, i, phase, state[0]!, fastWeights);
      const calm = within(x, i, phase, state[1]!, slowWeights);
      if (phase === 3) {
        state[0] = quick;
        state[1] = calm;
      }
      state[2]! += quick - calm;
      if (i === start) macdColumn.values[start] = quick - calm;
    }
    if (to <= start) return;
    if (first === start) macdColumn.values[start] = state[0]! - state[1]!;
    signalColumn.values[start] = state[2]! / signal;
    histogramColumn.values[start] = macdColumn.values[start]! - signalColumn.values[start];
  };
  g.node(first, (from, to) => {
    const next = Math.max(from, start + 1);
    if (from <= start) seed(from, Math.min(to, start + 1));
    if (next >= to) return;
    const macds = macdColumn.values;
    const signals = signalColumn.values;
    differences(input.values, macds, { from: next, to, seedIndex: first, bases: state }, fastWeights, slowWeights);
    const base = signals[next - 1 - smoothPhase(next, start)]!;
    const range = { from: next, to, seedIndex: start, base };
    smoothAndCompare(macds, signals, histogramColumn.values, range, signalWeights);
  });
  return { macd: macdColumn, signal: signalColumn, histogram: histogramColumn };
}

/** Two smoothings of `x` at once, both seeded at `seedIndex`: writes the first less the second. */
function differences(
  x: Float64Array,
  out: Float64Array,
  range: { readonly from: number; readonly to: number; readonly seedIndex: number; readonly bases: Float64Array },
  quick: SmoothWeights,
  calm: SmoothWeights,
): void {
  const { from, to, seedIndex, bases } = range;
  const { w0: a0, w1: a1, w2: a2, w3: a3 } = quick;
  const { w0: b0, w1: b1, w2: b2, w3: b3 } = calm;
  let a = bases[0]!;
  let b = bases[1]!;
  let phase = smoothPhase(from, seedIndex);
  let i = from;
  for (; phase !== 0 && i < to; i++) {
    const one = within(x, i, phase, a, quick);
    const other = within(x, i, phase, b, calm);
    out[i] = one - other;
    phase = (phase + 1) & 3;
    if (phase !== 0) continue;
    a = one;
    b = other;
  }
  // The very operations of `smooth`, for both.
  for (; i + 4 <= to; i += 4) {
    const x0 = x[i]!;
    const x1 = x[i + 1]!;
    const x2 = x[i + 2]!;
    const x3 = x[i + 3]!;
    const c0 = x0 - a;
    const c1 = x1 - a;
    const c2 = x2 - a;
    const d0 = x0 - b;
    const d1 = x1 - b;
    const d2 = x2 - b;
    out[i] = a + a0 * c0 - (b + b0 * d0);
    out[i + 1] = a + (a1 * c0 + a0 * c1) - (b + (b1 * d0 + b0 * d1));
    out[i + 2] = a + (a2 * c0 + a1 * c1 + a0 * c2) - (b + (b2 * d0 + b1 * d1 + b0 * d2));
    const d3 = x3 - b;
    a += a3 * c0 + a2 * c1 + (a1 * c2 + a0 * (x3 - a));
    b += b3 * d0 + b2 * d1 + (b1 * d2 + b0 * d3);
    out[i + 3] = a - b;
  }
  bases[0] = a;
  bases[1] = b;
  for (; i < to; i++, phase++) out[i] = within(x, i, phase, a, quick) - within(x, i, phase, b, calm);
}

/** Smooths `x` into `out` as `smooth` does and writes beside it how far `x` lies above. */
function smoothAndCompare(
  x: Float64Array,
  out: Float64Array,
  above: Float64Array,
  range: { readonly from: number; readonly to: number; readonly seedIndex: number; readonly base: number },
  weights: SmoothWeights,
): void {
  const { w0, w1, w2, w3 } = weights;
  const { from, to, seedIndex } = range;
  let { base } = range;
  let phase = smoothPhase(from, seedIndex);
  let i = from;
  for (; phase !== 0 && i < to; i++) {
    const value = within(x, i, phase, base, weights);
    out[i] = value;
    above[i] = x[i]! - value;
    phase = (phase + 1) & 3;
    if (phase === 0) base = value;
  }
  for (; i + 4 <= to; i += 4) {
    const x0 = x[i]!;
    const x1 = x[i + 1]!;
    const x2 = x[i + 2]!;
    const x3 = x[i + 3]!;
    const d0 = x0 - base;
    const d1 = x1 - base;
    const d2 = x2 - base;
    const d3 = x3 - base;
    const y0 = base + w0 * d0;
    const y1 = base + (w1 * d0 + w0 * d1);
    const y2 = base + (w2 * d0 + w1 * d1 + w0 * d2);
    base += w3 * d0 + w2 * d1 + (w1 * d2 + w0 * d3);
    out[i] = y0;
    out[i + 1] = y1;
    out[i + 2] = y2;
    out[i + 3] = base;
    above[i] = x0 - y0;
    above[i + 1] = x1 - y1;
    above[i + 2] = x2 - y2;
    above[i + 3] = x3 - base;
  }
  for (; i < to; i++, phase++) {
    out[i] = within(x, i, phase, base, weights);
    above[i] = x[i]! - out[i]!;
  }
}
