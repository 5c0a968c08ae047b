import type { Graph, Series } from './graph.js';

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
  const macdColumn = g.column(start);
  const signalColumn = g.column(start);
  const histogramColumn = g.column(start);
  const state = g.state(3);
  const fastWeight = weights.fast;
  const slowWeight = weights.slow;
  const signalWeight = 2 / (signal + 1);
  g.node(start, (from, to) => {
    const values = input.values;
    const macds = macdColumn.values;
    const signals = signalColumn.values;
    const histograms = histogramColumn.values;
    let quick = state[0]!;
    let calm = state[1]!;
    let trail = state[2]!;
    let i = from;
    if (i === start) {
      quick = 0;
      calm = 0;
      for (let k = first - fast + 1; k <= first; k++) quick += values[k]!;
      for (let k = input.begin; k <= first; k++) calm += values[k]!;
      quick /= fast;
      calm /= slow;
      trail = quick - calm;
      for (let k = first + 1; k <= start; k++) {
        quick += fastWeight * (values[k]! - quick);
        calm += slowWeight * (values[k]! - calm);
        trail += quick - calm;
      }
      trail /= signal;
      macds[i] = quick - calm;
      signals[i] = trail;
      histograms[i] = quick - calm - trail;
      i++;
    }
    for (; i < to; i++) {
      const value = values[i]!;
      quick += fastWeight * (value - quick);
      calm += slowWeight * (value - calm);
      const macd = quick - calm;
      trail += signalWeight * (macd - trail);
      macds[i] = macd;
      signals[i] = trail;
      histograms[i] = macd - trail;
    }
    state[0] = quick;
    state[1] = calm;
    state[2] = trail;
  });
  return { macd: macdColumn, signal: signalColumn, histogram: histogramColumn };
}
