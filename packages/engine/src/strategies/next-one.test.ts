import { Candles, type CandleRow } from '@wickworks/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { crossings } from '../indicators/kernel/crossings.js';
import { Graph } from '../indicators/kernel/graph.js';
import { nextDifference, NextOne } from './next-one.js';

/** Closes from few enough values that they meet, stand still and cross. */
const closes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 40, maxLength: 120 });
const rowsOf = (values: readonly number[]): CandleRow[] => values.map((close, i) => [i, 3, 5, 1, close, 1]);

/** Questions in rising order: from where, and up to where of what is there by then. */
const questions = fc.array(fc.tuple(fc.nat(9), fc.nat(60)), { minLength: 10, maxLength: 40 });

it('finds every crossing, in columns that grow, as looking at each candle does', () => {
  let found = 0;
  fc.assert(
    fc.property(closes, fc.integer({ min: 1, max: 30 }), questions, (values, slice, asked) => {
      const candles = new Candles(1);
      const g = new Graph(candles);
      const { above, below } = crossings(g, g.close, g.open);
      const [ups, downs] = [new NextOne(above), new NextOne(below)];
      // The same truths without their list.
      const [bareUps, bareDowns] = [above, below].map(
        (flags) =>
          new NextOne({
            begin: flags.begin,
            ones: null,
            get values() {
              return flags.values;
            },
          }),
      ) as [NextOne, NextOne];
      const rows = rowsOf(values);
      const crossed = (i: number, sign: number): boolean =>
        i > 0 && (values[i]! - 3) * sign > 0 && (values[i - 1]! - 3) * sign <= 0;
      const naive = (is: (i: number) => boolean, from: number, to: number): number => {
        let i = from;
        while (i < to && !is(i)) i++;
        return i;
      };
      let from = 0;
      for (let done = 0, at = 0; done < rows.length; done += slice) {
        for (const row of rows.slice(done, done + slice)) candles.push(row);
        g.run(done, candles.length);
        // What was worked through may be worked through again.
        if (candles.length > done + 1) g.run(done + 1, candles.length);
        for (; at < asked.length * ((done + slice) / rows.length) && at < asked.length; at++) {
          from = Math.min(from + asked[at]![0], candles.length);
          const to = Math.min(from + asked[at]![1], candles.length);
          const up = naive((i) => crossed(i, 1), from, to);
          const down = naive((i) => crossed(i, -1), from, to);
          expect([ups.in(from, to), downs.in(from, to)]).toEqual([up, down]);
          expect([bareUps.in(from, to), bareDowns.in(from, to)]).toEqual([up, down]);
          const differ = naive((i) => crossed(i, 1) !== crossed(i, -1), from, to);
          expect(nextDifference(ups, downs, from, to)).toBe(differ);
          expect(nextDifference(bareUps, bareUps, from, to)).toBe(to);
          found += Number(up < to) + Number(down < to);
        }
      }
    }),
    { numRuns: 300 },
  );
  expect(found).toBeGreaterThan(1_000);
});
