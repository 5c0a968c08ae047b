import type { Graph, Series } from './graph.js';
import { remembers } from './memory.js';

/** Acceleration of one direction: first value, step per new extreme, ceiling. */
export interface Acceleration {
  readonly initial: number;
  readonly step: number;
  readonly max: number;
}

export interface ParabolicRules {
  /** First stop: 0 finds direction and stop from the first two candles, > 0 starts long, < 0 short. */
  readonly start: number;
  /** Share by which the stop is moved away on a reversal. */
  readonly offset: number;
  readonly long: Acceleration;
  readonly short: Acceleration;
}

/** Parabolic stop-and-reverse (Wilder 1978; rules of the start as TA-Lib). `direction` is 1 long, −1 short. */
export function parabolic(g: Graph, rules: ParabolicRules): { sar: Series; direction: Series } {
  const { high, low } = g;
  const sarColumn = remembers(g.column(1), 'market');
  const directionColumn = remembers(g.column(1), 'market');
  const state = g.state(4);
  g.node(1, (from, to) => {
    const highs = high.values;
    const lows = low.values;
    const stops = sarColumn.values;
    const directions = directionColumn.values;
    let side = state[0]!;
    let extreme = state[1]!;
    let stop = state[2]!;
    let factor = state[3]!;
    let i = from;
    if (i === 1) {
      const rise = highs[1]! - highs[0]!;
      const fall = lows[0]! - lows[1]!;
      side = rules.start === 0 ? (fall > 0 && fall > rise ? -1 : 1) : Math.sign(rules.start);
      extreme = side > 0 ? highs[1]! : lows[1]!;
      stop = rules.start === 0 ? (side > 0 ? lows[0]! : highs[0]!) : Math.abs(rules.start);
      factor = (side > 0 ? rules.long : rules.short).initial;
    }
    for (; i < to; i++) {
      // The candle before the first one counts as that candle itself, as in TA-Lib.
      const before = i === 1 ? i : i - 1;
      const top = highs[i]!;
      const bottom = lows[i]!;
      const hit = side > 0 ? bottom <= stop : top >= stop;
      if (hit) {
        side = -side;
        stop = side < 0 ? Math.max(extreme, highs[before]!, top) : Math.min(extreme, lows[before]!, bottom);
        stop += stop * rules.offset * -side;
        stops[i] = stop;
        factor = (side > 0 ? rules.long : rules.short).initial;
        extreme = side > 0 ? top : bottom;
      } else {
        stops[i] = stop;
        if (side > 0 ? top > extreme : bottom < extreme) {
          const rate = side > 0 ? rules.long : rules.short;
          extreme = side > 0 ? top : bottom;
          factor = Math.min(factor + rate.step, rate.max);
        }
      }
      directions[i] = side;
      stop += factor * (extreme - stop);
      stop = side > 0 ? Math.min(stop, lows[before]!, bottom) : Math.max(stop, highs[before]!, top);
    }
    state[0] = side;
    state[1] = extreme;
    state[2] = stop;
    state[3] = factor;
  });
  return { sar: sarColumn, direction: directionColumn };
}

/** Acceleration with no value above its ceiling, as TA-Lib corrects it. */
export const acceleration = (initial: number, step: number, max: number): Acceleration => ({
  initial: Math.min(initial, max),
  step: Math.min(step, max),
  max,
});
