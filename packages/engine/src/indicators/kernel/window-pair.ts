import type { Graph, Series } from './graph.js';

/** Centred second moments of two series over a window, each divided by nothing: Σ(x−x̄)², Σ(y−ȳ)², Σ(x−x̄)(y−ȳ). */
export interface PairMoments {
  readonly xx: Series;
  readonly yy: Series;
  readonly xy: Series;
}

const SUMS = 5;

/**
 * Moving co-moments in O(1) amortised, from blocks as in `windowSum` and about a reference inside the window as
 * in `windowMoments`, so that constants give exactly 0 and nothing drifts.
 */
export function windowPair(g: Graph, x: Series, y: Series, period: number): PairMoments {
  const first = Math.max(x.begin, y.begin);
  const start = first + period - 1;
  const xx = g.column(start);
  const yy = g.column(start);
  const xy = g.column(start);
  const tail = g.state(period * SUMS);
  const head = g.state(SUMS + 2);
  g.node(start, (from, to) => {
    const xs = x.values;
    const ys = y.values;
    let x0 = head[SUMS]!;
    let y0 = head[SUMS + 1]!;
    let sx = head[0]!;
    let sy = head[1]!;
    let sxx = head[2]!;
    let syy = head[3]!;
    let sxy = head[4]!;
    let i = from === start ? first : from;
    if (from === start) {
      x0 = xs[first]!;
      y0 = ys[first]!;
      sx = sy = sxx = syy = sxy = 0;
    }
    for (; i < to; i++) {
      const place = (i - first) % period;
      if (place === 0 && i > first) {
        x0 = xs[i]!;
        y0 = ys[i]!;
        sx = sy = sxx = syy = sxy = 0;
        suffixPairs(xs, ys, i, period, x0, y0, tail);
      }
      const a = xs[i]! - x0;
      const b = ys[i]! - y0;
      sx += a;
      sy += b;
      sxx += a * a;
      syy += b * b;
      sxy += a * b;
      if (i < start) continue;
      const t = place * SUMS;
      const allX = sx + tail[t]!;
      const allY = sy + tail[t + 1]!;
      xx.values[i] = Math.max(0, sxx + tail[t + 2]! - (allX * allX) / period);
      yy.values[i] = Math.max(0, syy + tail[t + 3]! - (allY * allY) / period);
      xy.values[i] = sxy + tail[t + 4]! - (allX * allY) / period;
    }
    head[0] = sx;
    head[1] = sy;
    head[2] = sxx;
    head[3] = syy;
    head[4] = sxy;
    head[SUMS] = x0;
    head[SUMS + 1] = y0;
  });
  return { xx, yy, xy };
}

function suffixPairs(
  xs: Float64Array,
  ys: Float64Array,
  end: number,
  period: number,
  x0: number,
  y0: number,
  tail: Float64Array,
): void {
  tail.fill(0, (period - 1) * SUMS);
  for (let k = period - 1; k > 0; k--) {
    const a = xs[end - period + k]! - x0;
    const b = ys[end - period + k]! - y0;
    const here = k * SUMS;
    const before = here - SUMS;
    tail[before] = tail[here]! + a;
    tail[before + 1] = tail[here + 1]! + b;
    tail[before + 2] = tail[here + 2]! + a * a;
    tail[before + 3] = tail[here + 3]! + b * b;
    tail[before + 4] = tail[here + 4]! + a * b;
  }
}

/** Pearson's correlation −1…1; 0 where one side does not move. */
export function correlation(g: Graph, x: Series, y: Series, period: number): Series {
  const { xx, yy, xy } = windowPair(g, x, y, period);
  return g.derive(xy.begin, (from, to, out) => {
    for (let i = from; i < to; i++) {
      const spread = Math.sqrt(xx.values[i]! * yy.values[i]!);
      out[i] = spread === 0 ? 0 : Math.min(1, Math.max(-1, xy.values[i]! / spread));
    }
  });
}
