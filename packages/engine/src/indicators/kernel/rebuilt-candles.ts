import type { Graph, Series } from './graph.js';
import { averageTrueRange } from './true-range.js';
import { fades, remembers } from './memory.js';

/** Heikin-Ashi candles. */
export function heikinAshi(g: Graph): { open: Series; high: Series; low: Series; close: Series } {
  const close = g.price('ohlc4');
  const open = fades(
    g.derive(0, (from, to, out) => {
      for (let i = from; i < to; i++)
        out[i] = i === 0 ? (g.open.values[0]! + g.close.values[0]!) / 2 : (out[i - 1]! + close.values[i - 1]!) / 2;
    }),
    0.5,
  );
  const high = g.derive(0, (from, to, out) => {
    for (let i = from; i < to; i++) out[i] = Math.max(g.high.values[i]!, open.values[i]!, close.values[i]!);
  });
  const low = g.derive(0, (from, to, out) => {
    for (let i = from; i < to; i++) out[i] = Math.min(g.low.values[i]!, open.values[i]!, close.values[i]!);
  });
  return { open, high, low, close };
}

/** Share of a brick by which a close may miss its edge through rounding. */
const EDGE = 1e-9;

/** The newest Renko brick at each close, and how many bricks (signed) that candle added. */
export function renko(g: Graph, size: number, atrPeriod: number): { open: Series; close: Series; bricks: Series } {
  const atr = averageTrueRange(g, atrPeriod);
  const begin = size > 0 ? 0 : atr.begin;
  const { close } = g;
  const opens = remembers(g.column(begin), 'forever');
  const closes = remembers(g.column(begin), 'forever');
  const bricks = remembers(g.column(begin), 'forever');
  const state = g.state(4);
  g.node(begin, (from, to) => {
    let brick = state[0]!;
    let side = state[1]!;
    let origin = state[2]!;
    let level = state[3]!; // whole bricks above the first close: edges do not drift, however many there were
    for (let i = from; i < to; i++) {
      const price = close.values[i]!;
      if (i === begin) {
        // A market that has not moved at all has no ATR: a thousandth of the price then.
        brick = size > 0 ? size : atr.values[i]! > 0 ? atr.values[i]! : price / 1_000;
        side = 0;
        origin = price;
        level = 0;
        opens.values[i] = price;
        closes.values[i] = price;
        bricks.values[i] = 0;
        continue;
      }
      const last = closes.values[i - 1]!;
      const moved = (price - last) / brick;
      // A close on the very edge of a brick has filled it: (0.3 − 0.2) / 0.1 is a little less than 1.
      const away = Math.trunc(moved + Math.sign(moved) * EDGE);
      const turning = side !== 0 && Math.sign(away) === -side;
      // The first brick against the direction starts at the other end of the last one.
      const count = turning ? (Math.abs(away) >= 2 ? away - Math.sign(away) : 0) : away;
      bricks.values[i] = count;
      if (count === 0) {
        opens.values[i] = opens.values[i - 1]!;
        closes.values[i] = last;
        continue;
      }
      side = Math.sign(count);
      level += turning ? count + side : count;
      closes.values[i] = origin + level * brick;
      opens.values[i] = origin + (level - side) * brick;
    }
    state[0] = brick;
    state[1] = side;
    state[2] = origin;
    state[3] = level;
  });
  return { open: opens, close: closes, bricks };
}
