import type { Graph, Series } from './graph.js';
import { remembers } from './memory.js';

/** `over` where `a` goes above `b` after being at or below it, `under` the other way round, else 0. */
export function crossing(g: Graph, a: Series, b: Series, over: number, under: number): Series {
  return g.derive(Math.max(a.begin, b.begin) + 1, (from, to, out) => {
    for (let i = from; i < to; i++) {
      const now = a.values[i]! - b.values[i]!;
      const before = a.values[i - 1]! - b.values[i - 1]!;
      out[i] = now > 0 && before <= 0 ? over : now < 0 && before >= 0 ? under : 0;
    }
  });
}

/** The extreme of all values so far. */
export function extremeSoFar(g: Graph, input: Series, pick: (a: number, b: number) => number): Series {
  return remembers(
    g.derive(input.begin, (from, to, out) => {
      let best = from === input.begin ? input.values[from]! : out[from - 1]!;
      for (let i = from; i < to; i++) {
        best = pick(best, input.values[i]!);
        out[i] = best;
      }
    }),
    'forever',
  );
}

/** Where `index` points, counted from the candle itself: 0 or negative. */
export function offsetTo(g: Graph, index: Series): Series {
  return g.derive(index.begin, (from, to, out) => {
    for (let i = from; i < to; i++) out[i] = index.values[i]! - i;
  });
}

/** Values beyond (`sign` 1 above, −1 below) `left` before and `right` after them, at the confirming candle; else NaN. */
export function pivots(g: Graph, input: Series, left: number, right: number, sign: 1 | -1): Series {
  return g.derive(input.begin + left + right, (from, to, out) => {
    const values = input.values;
    for (let i = from; i < to; i++) {
      const at = i - right;
      const value = values[at]!;
      let beyond = true;
      for (let k = at - left; beyond && k <= i; k++) beyond = k === at || sign * (value - values[k]!) > 0;
      out[i] = beyond ? value : NaN;
    }
  });
}

/** Turning points by `reversal` (0.05 for 5 %): each at the candle that confirms it, with its age in candles. */
export function zigzag(g: Graph, reversal: number): { pivot: Series; age: Series; direction: Series } {
  const { high, low } = g;
  const pivot = remembers(g.column(0), 'market');
  const age = remembers(g.column(0), 'market');
  const direction = remembers(g.column(0), 'market');
  const state = g.state(5);
  g.node(0, (from, to) => {
    let side = state[0]!;
    let top = state[1]!;
    let topAt = state[2]!;
    let bottom = state[3]!;
    let bottomAt = state[4]!;
    for (let i = from; i < to; i++) {
      const h = high.values[i]!;
      const l = low.values[i]!;
      if (i === 0 || h > top) {
        top = h;
        topAt = i;
      }
      if (i === 0 || l < bottom) {
        bottom = l;
        bottomAt = i;
      }
      pivot.values[i] = NaN;
      age.values[i] = NaN;
      // A candle that set a new extreme cannot also confirm it: the order inside the candle is unknown.
      if (side >= 0 && topAt < i && l <= top * (1 - reversal)) {
        pivot.values[i] = top;
        age.values[i] = i - topAt;
        side = -1;
        bottom = l;
        bottomAt = i;
      } else if (side <= 0 && bottomAt < i && h >= bottom * (1 + reversal)) {
        pivot.values[i] = bottom;
        age.values[i] = i - bottomAt;
        side = 1;
        top = h;
        topAt = i;
      }
      direction.values[i] = side;
    }
    state[0] = side;
    state[1] = top;
    state[2] = topAt;
    state[3] = bottom;
    state[4] = bottomAt;
  });
  return { pivot, age, direction };
}
