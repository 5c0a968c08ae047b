import type { Graph, Series } from './graph.js';

/** Mean and population variance (divided by `period`) of the last `period` values. */
export interface Moments {
  readonly mean: Series;
  readonly variance: Series;
}

/**
 * Moving mean and variance in O(1) amortised. Sums are of differences to a reference value inside the window
 * (the start of the current block), and are built up from blocks as in `windowSum`: a flat window has variance
 * 0 exactly and nothing drifts.
 */
export function windowMoments(g: Graph, input: Series, period: number): Moments {
  const start = input.begin + period - 1;
  const mean = g.column(start);
  const variance = g.column(start);
  const tail = g.state(period);
  const tailSquares = g.state(period);
  const head = g.state(3);
  g.node(start, (from, to) => {
    const values = input.values;
    const means = mean.values;
    const variances = variance.values;
    let reference = head[0]!;
    let sum = head[1]!;
    let squares = head[2]!;
    let i = from;
    if (i === start) {
      reference = values[input.begin]!;
      sum = 0;
      squares = 0;
      for (let k = input.begin; k < start; k++) {
        const d = values[k]! - reference;
        sum += d;
        squares += d * d;
      }
    }
    let place = (i - input.begin) % period;
    while (i < to) {
      if (place === 0) {
        reference = values[i]!;
        sum = 0;
        squares = 0;
        suffixMoments(values, i, period, reference, tail, tailSquares);
      }
      const stop = Math.min(to, i + period - place);
      for (; i < stop; i++, place++) {
        const d = values[i]! - reference;
        sum += d;
        squares += d * d;
        const shift = (tail[place]! + sum) / period;
        const spread = (tailSquares[place]! + squares) / period - shift * shift;
        means[i] = reference + shift;
        variances[i] = spread > 0 ? spread : 0;
      }
      place = 0;
    }
    head[0] = reference;
    head[1] = sum;
    head[2] = squares;
  });
  return { mean, variance };
}

function suffixMoments(
  values: Float64Array,
  end: number,
  period: number,
  reference: number,
  tail: Float64Array,
  tailSquares: Float64Array,
): void {
  const base = end - period;
  tail[period - 1] = 0;
  tailSquares[period - 1] = 0;
  if (base < 0) return;
  let sum = 0;
  let squares = 0;
  for (let k = period - 1; k > 0; k--) {
    const d = values[base + k]! - reference;
    sum += d;
    squares += d * d;
    tail[k - 1] = sum;
    tailSquares[k - 1] = squares;
  }
}

/** What makes the variance of `count` values that of the sample they are; 0 for a single value, which says nothing. */
export const ofSample = (count: number): number => (count > 1 ? count / (count - 1) : 0);

/** Population standard deviation over `period` values, times `multiple`. */
export function deviation(g: Graph, input: Series, period: number, multiple = 1): Series {
  const { variance } = windowMoments(g, input, period);
  return g.derive(variance.begin, (from, to, out) => {
    const values = variance.values;
    for (let i = from; i < to; i++) out[i] = multiple * Math.sqrt(values[i]!);
  });
}
