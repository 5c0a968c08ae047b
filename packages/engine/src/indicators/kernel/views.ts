import type { Graph, Series } from './graph.js';

/** `input` seen from a later `begin` on, so that what follows is seeded later. */
export const startingAt = (input: Series, begin: number): Series =>
  begin <= input.begin
    ? input
    : {
        begin,
        get values() {
          return input.values;
        },
      };

/** The same series, shown (not seeded) only from `begin` on. TA-Lib starts all outputs of a function together. */
export const shownFrom = (g: Graph, input: Series, begin: number): Series =>
  begin <= input.begin
    ? input
    : g.derive(begin, (from, to, out) => {
        out.set(input.values.subarray(from, to), from);
      });
