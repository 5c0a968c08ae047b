import type { Graph, Series } from './graph.js';
import { fades, remembers } from './memory.js';

/** Ehlers' homodyne discriminator: the dominant cycle and what it is measured from. Zero before it starts. */
export interface Cycle {
  /** Price smoothed over four candles. */
  readonly smooth: Series;
  readonly inPhase: Series;
  readonly quadrature: Series;
  /** Smoothed length of the dominant cycle, candles. */
  readonly period: Series;
  /** First index it works on. */
  readonly start: number;
}

export const RADIANS_TO_DEGREES = 180 / Math.PI;

/** Candles that pass before the transform starts, as TA-Lib counts them: 12 (cycle period, phasor, MAMA) … */
export const SHORT_SETTLE = 12;
/** … or 37 (phase, sine, trendline, trend mode). */
export const LONG_SETTLE = 37;

/** One tap of the Hilbert transformer, before it is scaled to the cycle length. */
const quarterTurn = (v: Float64Array, i: number): number =>
  0.0962 * (v[i]! - v[i - 6]!) + 0.5769 * (v[i - 2]! - v[i - 4]!);

/** Runs the Hilbert transform over `input` (Ehlers, Rocket Science for Traders, 2001; steps as TA-Lib's). */
export function cycle(g: Graph, input: Series, settle: number): Cycle {
  const start = input.begin + settle;
  const smooth = remembers(g.column(0, start), 'market');
  const detrended = remembers(g.column(0, start), 'market');
  const inPhase = remembers(g.column(0, start), 'market');
  const quadrature = remembers(g.column(0, start), 'market');
  const period = remembers(g.column(0, start), 'market');
  const state = g.state(5);
  g.node(start, (from, to) => {
    const prices = input.values;
    const smoothed = smooth.values;
    const detrender = detrended.values;
    const i1 = inPhase.values;
    const q1 = quadrature.values;
    let raw = state[0]!;
    let i2Before = state[1]!;
    let q2Before = state[2]!;
    let real = state[3]!;
    let imaginary = state[4]!;
    for (let i = from; i < to; i++) {
      const scale = 0.075 * raw + 0.54;
      smoothed[i] = (4 * prices[i]! + 3 * prices[i - 1]! + 2 * prices[i - 2]! + prices[i - 3]!) / 10;
      detrender[i] = quarterTurn(smoothed, i) * scale;
      q1[i] = quarterTurn(detrender, i) * scale;
      i1[i] = detrender[i - 3]!;
      const q2 = 0.2 * (q1[i]! + quarterTurn(i1, i) * scale) + 0.8 * q2Before;
      const i2 = 0.2 * (i1[i]! - quarterTurn(q1, i) * scale) + 0.8 * i2Before;
      real = 0.2 * (i2 * i2Before + q2 * q2Before) + 0.8 * real;
      imaginary = 0.2 * (i2 * q2Before - q2 * i2Before) + 0.8 * imaginary;
      i2Before = i2;
      q2Before = q2;
      const before = raw;
      if (imaginary !== 0 && real !== 0) raw = 360 / (Math.atan(imaginary / real) * RADIANS_TO_DEGREES);
      raw = Math.min(raw, 1.5 * before);
      raw = Math.max(raw, 0.67 * before);
      raw = Math.min(Math.max(raw, 6), 50);
      raw = 0.2 * raw + 0.8 * before;
      period.values[i] = 0.33 * raw + 0.67 * (i === start ? 0 : period.values[i - 1]!);
    }
    state[0] = raw;
    state[1] = i2Before;
    state[2] = q2Before;
    state[3] = real;
    state[4] = imaginary;
  });
  return { smooth, inPhase, quadrature, period, start };
}

/** MESA adaptive moving average and its follower (Ehlers 2001). */
export function mama(g: Graph, input: Series, fastLimit: number, slowLimit: number): { mama: Series; fama: Series } {
  const { inPhase, quadrature, start } = cycle(g, input, SHORT_SETTLE);
  const begin = input.begin + 32;
  const fast = fades(g.column(begin), slowLimit);
  const slow = fades(g.column(begin), slowLimit, 0.5 * slowLimit);
  const state = g.state(3);
  g.node(start, (from, to) => {
    const prices = input.values;
    let leader = state[0]!;
    let follower = state[1]!;
    let phaseBefore = state[2]!;
    for (let i = from; i < to; i++) {
      const real = inPhase.values[i]!;
      const phase = real === 0 ? 0 : Math.atan(quadrature.values[i]! / real) * RADIANS_TO_DEGREES;
      const turn = Math.max(phaseBefore - phase, 1);
      phaseBefore = phase;
      const weight = turn > 1 ? Math.max(fastLimit / turn, slowLimit) : fastLimit;
      leader = weight * prices[i]! + (1 - weight) * leader;
      follower = 0.5 * weight * leader + (1 - 0.5 * weight) * follower;
      if (i >= begin) {
        fast.values[i] = leader;
        slow.values[i] = follower;
      }
    }
    state[0] = leader;
    state[1] = follower;
    state[2] = phaseBefore;
  });
  return { mama: fast, fama: slow };
}

/** Phase of the dominant cycle in degrees, −45…315, from the smoothed price over one cycle. */
export function cyclePhase(g: Graph, { smooth, period, start }: Cycle): Series {
  const column = remembers(g.column(0, start), 'market');
  g.node(start, (from, to) => {
    const phases = column.values;
    const prices = smooth.values;
    let phase = from === start ? 0 : phases[from - 1]!;
    for (let i = from; i < to; i++) {
      const length = period.values[i]!;
      const whole = Math.trunc(length + 0.5);
      let real = 0;
      let imaginary = 0;
      for (let k = 0; k < whole; k++) {
        const angle = (k * 2 * Math.PI) / whole;
        const price = i - k < start ? 0 : prices[i - k]!;
        real += Math.sin(angle) * price;
        imaginary += Math.cos(angle) * price;
      }
      if (imaginary !== 0) phase = Math.atan(real / imaginary) * RADIANS_TO_DEGREES;
      else if (real < 0) phase -= 90;
      else if (real > 0) phase += 90;
      phase += 90 + 360 / length; // the smoothing lags by one candle
      if (imaginary < 0) phase += 180;
      if (phase > 315) phase -= 360;
      phases[i] = phase;
    }
  });
  return column;
}

/** Price averaged over the dominant cycle and smoothed over four candles. */
export function cycleTrendline(g: Graph, input: Series, { period, start }: Cycle): Series {
  const mean = remembers(g.column(0, start), 'market');
  const column = g.column(0, start);
  g.node(start, (from, to) => {
    const prices = input.values;
    const means = mean.values;
    for (let i = from; i < to; i++) {
      const whole = Math.trunc(period.values[i]! + 0.5);
      let sum = 0;
      for (let k = 0; k < whole; k++) sum += prices[i - k]!;
      means[i] = whole > 0 ? sum / whole : 0;
      column.values[i] = (4 * means[i]! + 3 * means[i - 1]! + 2 * means[i - 2]! + means[i - 3]!) / 10;
    }
  });
  return column;
}
