import type { Graph, Series } from './graph.js';

/** Least-squares line through the last `period` values: `intercept` at the oldest, rising `slope` per candle. */
export interface Line {
  readonly intercept: Series;
  readonly slope: Series;
}

/** Adds up, over each window, the values minus a reference and the same weighted 1 (oldest) … period (newest). */
type Emit = (index: number, reference: number, sum: number, weighted: number) => void;

/**
 * Calls `write` for every window in O(1) amortised. As in `windowSum` a window is the end of one block and the
 * start of the next: with `m` values in the head, its weights are 1… on the tail and period − m + 1 … on the head,
 * so both parts are running sums that start afresh with each block.
 */
function linearWindows(g: Graph, input: Series, period: number, write: Emit): void {
  const start = input.begin + period - 1;
  const tail = g.state(period);
  const tailWeighted = g.state(period);
  const head = g.state(3);
  g.node(start, (from, to) => {
    const values = input.values;
    let reference = head[0]!;
    let sum = head[1]!;
    let weighted = head[2]!;
    let i = from;
    if (i === start) {
      reference = values[input.begin]!;
      sum = 0;
      weighted = 0;
      for (let k = input.begin; k < start; k++) {
        const d = values[k]! - reference;
        // Each step moves every value already in the head one place towards the past: one weight less.
        weighted += period * d - sum;
        sum += d;
      }
    }
    let place = (i - input.begin) % period;
    while (i < to) {
      if (place === 0) {
        reference = values[i]!;
        sum = 0;
        weighted = 0;
        let tailSum = 0;
        let tailTotal = 0;
        tail[period - 1] = 0;
        tailWeighted[period - 1] = 0;
        for (let k = period - 1; k > 0 && i >= period; k--) {
          tailSum += values[i - period + k]! - reference;
          tailTotal += tailSum;
          tail[k - 1] = tailSum;
          tailWeighted[k - 1] = tailTotal;
        }
      }
      const stop = Math.min(to, i + period - place);
      for (; i < stop; i++, place++) {
        const d = values[i]! - reference;
        weighted += period * d - sum;
        sum += d;
        write(i, reference, tail[place]! + sum, tailWeighted[place]! + weighted);
      }
      place = 0;
    }
    head[0] = reference;
    head[1] = sum;
    head[2] = weighted;
  });
}

/** Linearly weighted moving average: weight 1 on the oldest value, `period` on the newest. */
export function wma(g: Graph, input: Series, period: number): Series {
  if (period === 1) return input;
  const column = g.column(input.begin + period - 1);
  const total = (period * (period + 1)) / 2;
  linearWindows(g, input, period, (index, reference, _sum, weighted) => {
    column.values[index] = reference + weighted / total;
  });
  return column;
}

/** Least-squares line over the last `period` (2 or more) values. */
export function regression(g: Graph, input: Series, period: number): Line {
  const start = input.begin + period - 1;
  const intercept = g.column(start);
  const slope = g.column(start);
  const meanPlace = (period - 1) / 2;
  const spread = (period * (period * period - 1)) / 12;
  linearWindows(g, input, period, (index, reference, sum, weighted) => {
    const rise = (weighted - sum - meanPlace * sum) / spread;
    slope.values[index] = rise;
    intercept.values[index] = reference + sum / period - rise * meanPlace;
  });
  return { intercept, slope };
}
