import type { Graph, Series } from './graph.js';

/**
 * Something read from the last `period` values in ascending order, such as a percentile. O(period) per candle at
 * worst (one value moves out of the sorted copy and one in), far below sorting anew.
 */
export function sortedWindow(
  g: Graph,
  input: Series,
  period: number,
  read: (sorted: Float64Array, newest: number) => number,
): Series {
  const start = input.begin + period - 1;
  const sorted = g.state(period);
  return g.derive(start, (from, to, out) => {
    const values = input.values;
    for (let i = from; i < to; i++) {
      if (i === start) {
        for (let k = 0; k < period; k++) sorted[k] = values[input.begin + k]!;
        sorted.sort();
      } else replace(sorted, values[i - period]!, values[i]!);
      out[i] = read(sorted, values[i]!);
    }
  });
}

/** Puts `added` into the place that `removed`, which is there, leaves, moving those between by one. */
function replace(sorted: Float64Array, removed: number, added: number): void {
  let at = lowerBound(sorted, removed);
  if (added > removed) {
    while (at + 1 < sorted.length && sorted[at + 1]! < added) {
      sorted[at] = sorted[at + 1]!;
      at++;
    }
  } else {
    while (at > 0 && sorted[at - 1]! > added) {
      sorted[at] = sorted[at - 1]!;
      at--;
    }
  }
  sorted[at] = added;
}

/** First place in ascending `sorted` whose value is at least `value`. */
function lowerBound(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Share, in percent, of the `period` values before the newest that are at most as high as it. */
export function percentRank(g: Graph, input: Series, period: number): Series {
  return sortedWindow(g, input, period + 1, (sorted, newest) => {
    let at = lowerBound(sorted, newest);
    while (at < sorted.length && sorted[at] === newest) at++;
    return (100 * (at - 1)) / (sorted.length - 1);
  });
}
