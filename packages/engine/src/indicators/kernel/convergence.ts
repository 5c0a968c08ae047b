import { meanOf } from './averages.js';
import type { Graph, Series } from './graph.js';
import { smooth, smoothPhase, smoothWeights } from './smooth.js';
import { fades } from './memory.js';

/** Candles worked through at a time: their averages stay in the cache. */
const SLICE = 2_048;

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
  const quick = new Float64Array(SLICE);
  const calm = new Float64Array(SLICE);
  const averages = (from: number, to: number): void => {
    const source = { values: input.values, shift: 0 };
    let next = from;
    if (from === first) {
      quick[0] = state[0] = meanOf(input.values, first - fast + 1, first);
      calm[0] = state[1] = meanOf(input.values, input.begin, first);
      state[2] = 0;
      next++;
    }
    // Written out: an object spread into another would cost more than all of a live candle's work.
    const quickRange = { from: next, to, seedIndex: first, base: state[0]! };
    const calmRange = { from: next, to, seedIndex: first, base: state[1]! };
    state[0] = smooth(source, { values: quick, shift: from }, quickRange, fastWeights);
    state[1] = smooth(source, { values: calm, shift: from }, calmRange, slowWeights);
  };
  const lines = (from: number, to: number): void => {
    const macds = macdColumn.values;
    const signals = signalColumn.values;
    const histograms = histogramColumn.values;
    let i = from;
    for (; i < to && i <= start; i++) state[2]! += quick[i - from]! - calm[i - from]!;
    const begin = Math.max(from, start);
    if (from <= start && i > start) signals[start] = state[2]! / signal;
    for (let k = begin; k < to; k++) macds[k] = quick[k - from]! - calm[k - from]!;
    const next = Math.max(from, start + 1);
    if (next < to) {
      const base = signals[next - 1 - smoothPhase(next, start)]!;
      const range = { from: next, to, seedIndex: start, base };
      smooth({ values: macds, shift: 0 }, { values: signals, shift: 0 }, range, signalWeights);
    }
    for (let k = begin; k < to; k++) histograms[k] = macds[k]! - signals[k]!;
  };
  g.node(first, (from, to) => {
    for (let at = from; at < to; at += SLICE) {
      const end = Math.min(to, at + SLICE);
      averages(at, end);
      lines(at, end);
    }
  });
  return { macd: macdColumn, signal: signalColumn, histogram: histogramColumn };
}
