import type { Flags, Graph, Series } from './graph.js';
import { IndexList } from './index-list.js';

/** Where one series crosses another, both ways: read together, found together. */
export interface Crossings {
  readonly a: Series;
  readonly b: Series;
  /** 1 where `a` is above `b` and was not at the candle before. */
  readonly above: Flags;
  /** 1 where `b` is above `a` and was not at the candle before. */
  readonly below: Flags;
}

/** Both crossings of two series. A number that is unknown is above nothing, and nothing was at or below it. */
export function crossings(g: Graph, a: Series, b: Series): Crossings {
  const begin = Math.max(a.begin, b.begin) + 1;
  const ups = new IndexList();
  const downs = new IndexList();
  const above = g.truths(begin, ups);
  const below = g.truths(begin, downs);
  g.node(begin, (from, to) => {
    const [x, y] = [a.values, b.values];
    above.values.fill(0, from, to);
    below.values.fill(0, from, to);
    ups.cut(from);
    downs.cut(from);
    let i = from;
    while (i < to) {
      if (x[i]! > y[i]!) {
        if (x[i - 1]! <= y[i - 1]!) mark(above, ups, i);
        i = endOfStay(x, y, i + 1, to);
      } else if (y[i]! > x[i]!) {
        if (y[i - 1]! <= x[i - 1]!) mark(below, downs, i);
        i = endOfStay(y, x, i + 1, to);
      } else i++;
    }
  });
  return { a, b, above, below };
}

/** The first candle of `[from, to)` at which `x` is not above `y`; most lie far from the next cross: four at a time. */
function endOfStay(x: Float64Array, y: Float64Array, from: number, to: number): number {
  let i = from;
  // `| 0` tells the compiler that no index can overflow.
  for (; i + 4 <= to; i = (i + 4) | 0) {
    const isFirst = x[i]! > y[i]! && x[(i + 1) | 0]! > y[(i + 1) | 0]!;
    if (!isFirst || !(x[(i + 2) | 0]! > y[(i + 2) | 0]!) || !(x[(i + 3) | 0]! > y[(i + 3) | 0]!)) break;
  }
  while (i < to && x[i]! > y[i]!) i++;
  return i;
}

function mark({ values }: Flags, ones: IndexList, index: number): void {
  values[index] = 1;
  ones.add(index);
}
