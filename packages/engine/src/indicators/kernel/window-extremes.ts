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

/** Which of several equal extremes an index names. */
export type Ties =
  /** The newest. */
  | 'latest'
  /** TA-Lib's MAXINDEX: the oldest when the former extreme has just left the window, then each newer equal. */
  | 'talib';

/** Index of the highest of the last `period` values. O(1) amortised by a monotonic queue. */
export const indexOfMax = (g: Graph, input: Series, period: number, ties: Ties): Series =>
  indexOfExtreme(g, input, period, 1, ties);

/** Index of the lowest of the last `period` values. */
export const indexOfMin = (g: Graph, input: Series, period: number, ties: Ties): Series =>
  indexOfExtreme(g, input, period, -1, ties);

function indexOfExtreme(g: Graph, input: Series, period: number, sign: 1 | -1, ties: Ties): Series {
  const start = input.begin + period - 1;
  const queue = g.state(period); // candidate indices, oldest and best first, in a ring
  const state = g.state(3); // places of the first and behind the last candidate, ever rising; index named last
  const dropEqual = ties === 'latest';
  return g.derive(start, (from, to, out) => {
    const values = input.values;
    const fresh = from === start;
    let head = fresh ? 0 : state[0]!;
    let tail = fresh ? 0 : state[1]!;
    let named = fresh ? -1 : state[2]!;
    for (let i = fresh ? input.begin : from; i < to; i++) {
      const value = sign * values[i]!;
      while (tail > head) {
        const last = sign * values[queue[(tail - 1) % period]!]!;
        if (last > value || (last === value && !dropEqual)) break;
        tail--;
      }
      if (tail > head && queue[head % period]! <= i - period) head++;
      queue[tail++ % period] = i;
      if (i < start) continue;
      if (dropEqual || named <= i - period) named = queue[head % period]!;
      else if (value >= sign * values[named]!) named = i;
      out[i] = named;
    }
    state[0] = head;
    state[1] = tail;
    state[2] = named;
  });
}

/** Aroon's measure of how long ago the extreme at `index` was: 100 now, 0 `period` candles ago. */
export function sinceExtreme(g: Graph, index: Series, period: number): Series {
  return g.derive(index.begin, (from, to, out) => {
    const indices = index.values;
    for (let i = from; i < to; i++) out[i] = (100 * (period - (i - indices[i]!))) / period;
  });
}
