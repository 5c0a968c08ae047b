import type { Graph, Series } from './graph.js';
import { averageTrueRange } from './true-range.js';
import { remembers } from './memory.js';

/** Trailing line at `multiple` average true ranges, and the side: 1 while the line is below the price, else −1. */
export function supertrend(g: Graph, period: number, multiple: number): { line: Series; direction: Series } {
  const { high, low, close } = g;
  const atr = averageTrueRange(g, period);
  const begin = atr.begin;
  const line = remembers(g.column(begin), 'market');
  const direction = remembers(g.column(begin), 'market');
  const state = g.state(3);
  g.node(begin, (from, to) => {
    let upper = state[0]!;
    let lower = state[1]!;
    let side = state[2]!;
    for (let i = from; i < to; i++) {
      const middle = (high.values[i]! + low.values[i]!) / 2;
      const reach = multiple * atr.values[i]!;
      const price = close.values[i]!;
      if (i === begin) {
        upper = middle + reach;
        lower = middle - reach;
        side = price > upper ? 1 : -1;
      } else {
        const before = close.values[i - 1]!;
        upper = middle + reach < upper || before > upper ? middle + reach : upper;
        lower = middle - reach > lower || before < lower ? middle - reach : lower;
        if (side < 0 && price > upper) side = 1;
        else if (side > 0 && price < lower) side = -1;
      }
      line.values[i] = side > 0 ? lower : upper;
      direction.values[i] = side;
    }
    state[0] = upper;
    state[1] = lower;
    state[2] = side;
  });
  return { line, direction };
}
