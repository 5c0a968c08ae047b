import type { Graph, Series } from './graph.js';
import { movingAverage, type MaType } from './moving-average.js';
import { windowMoments } from './window-moments.js';

/** A middle line and its two edges. */
export interface Bands {
  readonly upper: Series;
  readonly middle: Series;
  readonly lower: Series;
}

/** Average of kind `type` with edges `up` and `down` population standard deviations away. */
export function bollinger(g: Graph, input: Series, period: number, up: number, down: number, type: MaType): Bands {
  const { mean, variance } = windowMoments(g, input, period);
  const middle = type === 'sma' ? mean : movingAverage(g, input, period, type);
  return spreadBands(g, middle, variance, up, down);
}

function spreadBands(g: Graph, middle: Series, variance: Series, up: number, down: number): Bands {
  const begin = Math.max(middle.begin, variance.begin);
  const upper = g.column(begin);
  const lower = g.column(begin);
  g.node(begin, (from, to) => {
    const centres = middle.values;
    const variances = variance.values;
    const tops = upper.values;
    const bottoms = lower.values;
    for (let i = from; i < to; i++) {
      const centre = centres[i]!;
      const spread = Math.sqrt(variances[i]!);
      tops[i] = centre + up * spread;
      bottoms[i] = centre - down * spread;
    }
  });
  return { upper, middle, lower };
}

/** Edges `multiple` widths above and below `middle`. */
export function around(g: Graph, middle: Series, width: Series, multiple: number): Bands {
  const begin = Math.max(middle.begin, width.begin);
  const edge = (sign: number): Series =>
    g.derive(begin, (from, to, out) => {
      const centres = middle.values;
      const widths = width.values;
      for (let i = from; i < to; i++) out[i] = centres[i]! + sign * multiple * widths[i]!;
    });
  return { upper: edge(1), middle, lower: edge(-1) };
}
