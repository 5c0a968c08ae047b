import type { Graph, Series } from './graph.js';
import { remembers } from './memory.js';

/** `a − b`. */
export function subtract(g: Graph, a: Series, b: Series): Series {
  return g.derive(Math.max(a.begin, b.begin), (from, to, out) => {
    const left = a.values;
    const right = b.values;
    for (let i = from; i < to; i++) out[i] = left[i]! - right[i]!;
  });
}

/** `f` of each value. */
export function map(g: Graph, input: Series, f: (value: number) => number): Series {
  return g.derive(input.begin, (from, to, out) => {
    const values = input.values;
    for (let i = from; i < to; i++) out[i] = f(values[i]!);
  });
}

/** `f` of the values of two series. */
export function map2(g: Graph, a: Series, b: Series, f: (a: number, b: number) => number): Series {
  return g.derive(Math.max(a.begin, b.begin), (from, to, out) => {
    const left = a.values;
    const right = b.values;
    for (let i = from; i < to; i++) out[i] = f(left[i]!, right[i]!);
  });
}

/** `f` of the values of three series. */
export function map3(
  g: Graph,
  a: Series,
  b: Series,
  c: Series,
  f: (a: number, b: number, c: number) => number,
): Series {
  return g.derive(Math.max(a.begin, b.begin, c.begin), (from, to, out) => {
    const first = a.values;
    const second = b.values;
    const third = c.values;
    for (let i = from; i < to; i++) out[i] = f(first[i]!, second[i]!, third[i]!);
  });
}

/** `f` of each value and the one `lag` candles earlier. */
export function mapLag(g: Graph, input: Series, lag: number, f: (now: number, then: number) => number): Series {
  return g.derive(input.begin + lag, (from, to, out) => {
    const values = input.values;
    for (let i = from; i < to; i++) out[i] = f(values[i]!, values[i - lag]!);
  });
}

/** The value `lag` candles earlier. */
export const lagged = (g: Graph, input: Series, lag: number): Series =>
  lag === 0 ? input : mapLag(g, input, lag, (_now, then) => then);

/** `a / b`, or `otherwise` where `b` is 0. */
export const ratio = (a: number, b: number, otherwise = 0): number => (b === 0 ? otherwise : a / b);

/** Running total from the first value on. */
export function runningTotal(g: Graph, input: Series): Series {
  return remembers(
    g.derive(input.begin, (from, to, out) => {
      const values = input.values;
      let total = from === input.begin ? 0 : out[from - 1]!;
      for (let i = from; i < to; i++) {
        total += values[i]!;
        out[i] = total;
      }
    }),
    'forever',
  );
}

/** Mean of two series. */
export const middle = (g: Graph, a: Series, b: Series): Series => map2(g, a, b, (left, right) => (left + right) / 2);
