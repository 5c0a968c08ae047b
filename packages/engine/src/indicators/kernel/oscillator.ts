import type { Graph, Series } from './graph.js';
import { map2, map3, mapLag, ratio } from './arithmetic.js';
import { meanDeviation } from './mean-deviation.js';
import { trueRange } from './true-range.js';
import { sma, windowSum } from './window-sum.js';
import { windowMax, windowMin } from './window-extremes.js';

/** Wilder's averages of rises and of falls over `period` changes, both 0 or more. */
export interface GainLoss {
  readonly gain: Series;
  readonly loss: Series;
}

/** Averages rises and falls as Wilder does: the mean of the first `period`, then weight 1 / period. */
export function gainLoss(g: Graph, input: Series, period: number): GainLoss {
  const start = input.begin + period;
  const gain = g.column(start);
  const loss = g.column(start);
  wilder(g, input, period, start, (i, up, down) => {
    gain.values[i] = up;
    loss.values[i] = down;
  });
  return { gain, loss };
}

/** Relative strength index 0…100 (Wilder 1978); 0 while nothing moves, as TA-Lib. */
export function rsi(g: Graph, input: Series, period: number): Series {
  const start = input.begin + period;
  const column = g.column(start);
  wilder(g, input, period, start, (i, up, down) => {
    const total = up + down;
    column.values[i] = total === 0 ? 0 : (100 * up) / total;
  });
  return column;
}

function wilder(
  g: Graph,
  input: Series,
  period: number,
  start: number,
  write: (index: number, gain: number, loss: number) => void,
): void {
  const state = g.state(2);
  const keep = period - 1;
  g.node(start, (from, to) => {
    const values = input.values;
    let gain = state[0]!;
    let loss = state[1]!;
    let i = from;
    if (i === start) {
      gain = 0;
      loss = 0;
      for (let k = input.begin + 1; k <= start; k++) {
        const change = values[k]! - values[k - 1]!;
        if (change > 0) gain += change;
        else loss -= change;
      }
      gain /= period;
      loss /= period;
      write(i++, gain, loss);
    }
    let previous = values[i - 1]!;
    for (; i < to; i++) {
      const value = values[i]!;
      const change = value - previous;
      previous = value;
      gain = (gain * keep + (change > 0 ? change : 0)) / period;
      loss = (loss * keep + (change < 0 ? -change : 0)) / period;
      write(i, gain, loss);
    }
    state[0] = gain;
    state[1] = loss;
  });
}

/** Where `input` lies between the lowest `low` (0) and highest `high` (100) of `period` candles; 0 when flat. */
export function stochastic(g: Graph, input: Series, high: Series, low: Series, period: number): Series {
  const top = windowMax(g, high, period);
  const bottom = windowMin(g, low, period);
  return g.derive(Math.max(input.begin, top.begin, bottom.begin), (from, to, out) => {
    const values = input.values;
    const tops = top.values;
    const bottoms = bottom.values;
    for (let i = from; i < to; i++) {
      const range = tops[i]! - bottoms[i]!;
      out[i] = range === 0 ? 0 : (100 * (values[i]! - bottoms[i]!)) / range;
    }
  });
}

/** 100 · (value / value `period` candles ago − 1); 0 where that was 0. */
export const rateOfChange = (g: Graph, input: Series, period: number): Series =>
  mapLag(g, input, period, (now, then) => (then === 0 ? 0 : (now / then - 1) * 100));

/** 100 · (Σ gains − Σ losses) / (Σ gains + Σ losses) of `period` changes; 0 while nothing moves (Chande 1994). */
export function chandeMomentum(g: Graph, input: Series, period: number): Series {
  const gains = mapLag(g, input, 1, (now, then) => Math.max(now - then, 0));
  const losses = mapLag(g, input, 1, (now, then) => Math.max(then - now, 0));
  return map2(
    g,
    windowSum(g, gains, period),
    windowSum(g, losses, period),
    (up, down) => 100 * ratio(up - down, up + down),
  );
}

/** Stochastic 0…100 that keeps its last value (0 at first) in a flat range. */
export function holdingStochastic(g: Graph, input: Series, period: number): Series {
  const top = windowMax(g, input, period);
  const bottom = windowMin(g, input, period);
  return g.derive(top.begin, (from, to, out) => {
    let held = from === top.begin ? 0 : out[from - 1]!;
    for (let i = from; i < to; i++) {
      const range = top.values[i]! - bottom.values[i]!;
      if (range > 0) held = (100 * (input.values[i]! - bottom.values[i]!)) / range;
      out[i] = held;
    }
  });
}

/** 100 · Spearman's correlation of value and time over `period` values; equal values share their mean rank. */
export function rankCorrelation(g: Graph, input: Series, period: number): Series {
  const start = input.begin + period - 1;
  return g.derive(start, (from, to, out) => {
    const values = input.values;
    for (let i = from; i < to; i++) {
      let distance = 0;
      for (let k = 0; k < period; k++) {
        const value = values[i - k]!;
        let rank = 1;
        for (let m = 0; m < period; m++) {
          const other = values[i - m]!;
          if (other > value) rank++;
          else if (other === value && m !== k) rank += 0.5;
        }
        distance += (k + 1 - rank) ** 2;
      }
      out[i] = 100 * (1 - (6 * distance) / (period * (period * period - 1)));
    }
  });
}

/** Commodity channel index: distance from the mean in units of 0.015 mean deviations (Lambert 1980); 0 when flat. */
export function commodityChannel(g: Graph, input: Series, period: number): Series {
  const mean = sma(g, input, period);
  const spread = meanDeviation(g, input, mean, period);
  return map3(g, input, mean, spread, (value, m, d) => ratio(value - m, 0.015 * d));
}

/** Williams' %R, −100…0; 0 in a flat range. */
export const percentRange = (g: Graph, period: number): Series =>
  map3(g, windowMax(g, g.high, period), windowMin(g, g.low, period), g.close, (top, bottom, close) =>
    ratio(-100 * (top - close), top - bottom),
  );

/** Ultimate oscillator: buying pressure over true range for three periods, weighted 4 : 2 : 1 (Williams 1976). */
export function ultimateOscillator(g: Graph, short: number, middle: number, long: number): Series {
  const range = trueRange(g);
  const { low, close } = g;
  const pressure = g.derive(1, (from, to, out) => {
    for (let i = from; i < to; i++) out[i] = close.values[i]! - Math.min(low.values[i]!, close.values[i - 1]!);
  });
  const share = (span: number): Series => map2(g, windowSum(g, pressure, span), windowSum(g, range, span), ratio);
  return map3(g, share(short), share(middle), share(long), (a, b, c) => (100 * (4 * a + 2 * b + c)) / 7);
}
