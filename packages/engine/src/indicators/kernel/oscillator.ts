import type { Graph, Series } from './graph.js';
import { map2, map3, mapLag, ratio } from './arithmetic.js';
import { meanDeviation } from './mean-deviation.js';
import { smooth, smoothPhase, smoothWeights, within } from './smooth.js';
import { trueRange } from './true-range.js';
import { sma, windowSum } from './window-sum.js';
import { windowMax, windowMin } from './window-extremes.js';
import { fades } from './memory.js';

/** Wilder's averages of rises and of falls over `period` changes, both 0 or more. */
export interface GainLoss {
  readonly gain: Series;
  readonly loss: Series;
}

/** Averages rises and falls as Wilder does: the mean of the first `period`, then weight 1 / period. */
export function gainLoss(g: Graph, input: Series, period: number): GainLoss {
  const start = input.begin + period;
  const gain = fades(g.column(start), 1 / period);
  const loss = fades(g.column(start), 1 / period);
  wilder(g, input, period, (gains, losses) => (from, to, shift) => {
    const ups = gain.values;
    const downs = loss.values;
    for (let i = from, at = from - shift; i < to; i++, at++) {
      ups[i] = gains[at]!;
      downs[i] = losses[at]!;
    }
  });
  return { gain, loss };
}

/** Relative strength index 0…100 (Wilder 1978); 0 while nothing moves, as TA-Lib. */
export function rsi(g: Graph, input: Series, period: number): Series {
  const column = fades(g.column(input.begin + period), 1 / period);
  wilder(g, input, period, (gains, losses) => (from, to, shift) => {
    const out = column.values;
    for (let i = from, at = from - shift; i < to; i++, at++) {
      const up = gains[at]!;
      const total = up + losses[at]!;
      out[i] = total === 0 ? 0 : (100 * up) / total;
    }
  });
  return column;
}

/** Takes the averages of candles `[from, to)`; those of candle i lie at `i − shift`. */
type WilderWriter = (from: number, to: number, shift: number) => void;

/** Candles worked through at a time, and what a group of four may reach back before them. */
const SLICE = 2_048;
const REACH = 4;

/** Hands the writer Wilder's averages slice by slice, from candle `input.begin + period` on. */
function wilder(
  g: Graph,
  input: Series,
  period: number,
  writerOf: (gains: Float64Array, losses: Float64Array) => WilderWriter,
): void {
  const start = input.begin + period;
  const state = g.state(2);
  const weights = smoothWeights(1 / period);
  const [rises, falls, gains, losses] = [0, 1, 2, 3].map(() => new Float64Array(SLICE + REACH)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const write = writerOf(gains, losses);
  const slice = (from: number, to: number): void => {
    const values = input.values;
    const shift = from - REACH;
    // Groups of four need their rises and falls from the group's first candle on.
    for (let i = Math.max(from - 3, input.begin + 1); i < to; i++) {
      const change = values[i]! - values[i - 1]!;
      const size = Math.abs(change);
      // Exactly the change or 0, without a branch that nobody can predict.
      rises[i - shift] = (size + change) / 2;
      falls[i - shift] = (size - change) / 2;
    }
    if (from === start) {
      let [gain, loss] = [0, 0];
      for (let k = input.begin + 1; k <= start; k++) {
        const change = values[k]! - values[k - 1]!;
        if (change > 0) gain += change;
        else loss -= change;
      }
      gains[from - shift] = state[0] = gain / period;
      losses[from - shift] = state[1] = loss / period;
    }
    const first = from === start ? from + 1 : from;
    if (to - first === 1) {
      // A live candle is computed without an object.
      const at = first - shift;
      const phase = smoothPhase(first, start);
      const gain = (gains[at] = within(rises, at, phase, state[0]!, weights));
      const loss = (losses[at] = within(falls, at, phase, state[1]!, weights));
      if (phase === 3) {
        state[0] = gain;
        state[1] = loss;
      }
    } else {
      const up = { from: first, to, seedIndex: start, base: state[0]! };
      const down = { from: first, to, seedIndex: start, base: state[1]! };
      state[0] = smooth({ values: rises, shift }, { values: gains, shift }, up, weights);
      state[1] = smooth({ values: falls, shift }, { values: losses, shift }, down, weights);
    }
    write(from, to, shift);
  };
  g.node(start, (from, to) => {
    for (let at = from; at < to; at += SLICE) slice(at, Math.min(to, at + SLICE));
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
  const ofTime = (period * (period * period - 1)) / 12;
  return g.derive(start, (from, to, out) => {
    const values = input.values;
    for (let i = from; i < to; i++) {
      let distance = 0;
      let tied = 0;
      for (let k = 0; k < period; k++) {
        const value = values[i - k]!;
        let higher = 0;
        let equal = 0; // itself among them
        for (let m = 0; m < period; m++) {
          const other = values[i - m]!;
          if (other > value) higher++;
          else if (other === value) equal++;
        }
        distance += (k - higher - (equal - 1) / 2) ** 2;
        tied += (equal * equal - 1) / 12;
      }
      // Sums of squared distances of the ranks from their mean; shared ranks lie closer together.
      const spread = ofTime - tied;
      out[i] = spread > 0 ? (50 * (ofTime + spread - distance)) / Math.sqrt(ofTime * spread) : 0;
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
