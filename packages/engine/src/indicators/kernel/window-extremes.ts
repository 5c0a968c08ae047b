import type { Graph, Series } from './graph.js';

/** Highest of the last `period` values; O(1) amortised by blocks (van Herk, Gil and Werman). */
export function windowMax(g: Graph, input: Series, period: number): Series {
  if (period === 1) return input;
  const start = input.begin + period - 1;
  const tail = g.state(period);
  const head = g.state(1);
  return g.derive(start, (from, to, out) => {
    const values = input.values;
    let i = from;
    let top = head[0]!;
    if (i === start) {
      top = -Infinity;
      for (let k = input.begin; k < start; k++) if (values[k]! > top) top = values[k]!;
      tail[period - 1] = -Infinity;
    }
    let place = (i - input.begin) % period;
    while (i < to) {
      if (place === 0) {
        top = -Infinity;
        let best = -Infinity;
        for (let k = period - 1; k > 0; k--) {
          const value = values[i - period + k]!;
          if (value > best) best = value;
          tail[k - 1] = best;
        }
      }
      const stop = Math.min(to, i + period - place);
      for (; i < stop; i++, place++) {
        const value = values[i]!;
        if (value > top) top = value;
        const before = tail[place]!;
        out[i] = before > top ? before : top;
      }
      place = 0;
    }
    head[0] = top;
  });
}

/** Lowest of the last `period` values; see {@link windowMax}. */
export function windowMin(g: Graph, input: Series, period: number): Series {
  if (period === 1) return input;
  const start = input.begin + period - 1;
  const tail = g.state(period);
  const head = g.state(1);
  return g.derive(start, (from, to, out) => {
    const values = input.values;
    let i = from;
    let bottom = head[0]!;
    if (i === start) {
      bottom = Infinity;
      for (let k = input.begin; k < start; k++) if (values[k]! < bottom) bottom = values[k]!;
      tail[period - 1] = Infinity;
    }
    let place = (i - input.begin) % period;
    while (i < to) {
      if (place === 0) {
        bottom = Infinity;
        let best = Infinity;
        for (let k = period - 1; k > 0; k--) {
          const value = values[i - period + k]!;
          if (value < best) best = value;
          tail[k - 1] = best;
        }
      }
      const stop = Math.min(to, i + period - place);
      for (; i < stop; i++, place++) {
        const value = values[i]!;
        if (value < bottom) bottom = value;
        const before = tail[place]!;
        out[i] = before < bottom ? before : bottom;
      }
      place = 0;
    }
    head[0] = bottom;
  });
}

/** Index of the highest of the last `period` values, the latest of equals. O(1) amortised by a monotonic queue. */
export const indexOfMax = (g: Graph, input: Series, period: number): Series => indexOfExtreme(g, input, period, 1);

/** Index of the lowest of the last `period` values, the latest of equals. */
export const indexOfMin = (g: Graph, input: Series, period: number): Series => indexOfExtreme(g, input, period, -1);

function indexOfExtreme(g: Graph, input: Series, period: number, sign: 1 | -1): Series {
  const start = input.begin + period - 1;
  const queue = g.state(period); // candidate indices, oldest and best first, in a ring
  const ends = g.state(2); // places of the first and behind the last one, ever rising
  return g.derive(start, (from, to, out) => {
    const values = input.values;
    let head = ends[0]!;
    let tail = ends[1]!;
    if (from === start) {
      head = 0;
      tail = 0;
    }
    for (let i = from === start ? input.begin : from; i < to; i++) {
      const value = sign * values[i]!;
      while (tail > head && sign * values[queue[(tail - 1) % period]!]! <= value) tail--;
      if (tail > head && queue[head % period]! <= i - period) head++;
      queue[tail++ % period] = i;
      if (i >= start) out[i] = queue[head % period]!;
    }
    ends[0] = head;
    ends[1] = tail;
  });
}

/** Aroon's measure of how long ago the extreme at `index` was: 100 now, 0 `period` candles ago. */
export function sinceExtreme(g: Graph, index: Series, period: number): Series {
  return g.derive(index.begin, (from, to, out) => {
    const indices = index.values;
    for (let i = from; i < to; i++) out[i] = (100 * (period - (i - indices[i]!))) / period;
  });
}
