import type { Graph, Series } from './graph.js';

/** Mean distance of the last `period` values from `centre` at the newest. O(period): no shorter form is exact. */
export function meanDeviation(g: Graph, input: Series, centre: Series, period: number): Series {
  return g.derive(Math.max(centre.begin, input.begin + period - 1), (from, to, out) => {
    const values = input.values;
    const centres = centre.values;
    for (let i = from; i < to; i++) {
      const middle = centres[i]!;
      let sum = 0;
      for (let k = i - period + 1; k <= i; k++) sum += Math.abs(values[k]! - middle);
      out[i] = sum / period;
    }
  });
}
