import { extremesOf } from './moments.js';

/** How many values lie in `[from, to)`; the last bin holds its upper end as well. */
export interface HistogramBin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** `bins` bins of equal width from the lowest to the highest value; one bin when all are equal, none for none. */
export function histogramOf(values: ArrayLike<number>, bins: number): HistogramBin[] {
  if (values.length === 0) return [];
  const [low, high] = extremesOf(values);
  const used = high > low ? bins : 1;
  const width = (high - low) / used;
  const counts = new Array<number>(used).fill(0);
  for (let i = 0; i < values.length; i++) {
    const at = width > 0 ? Math.min(used - 1, Math.floor((values[i]! - low) / width)) : 0;
    counts[at]! += 1;
  }
  return counts.map((count, i) => ({
    from: low + i * width,
    to: i + 1 === used ? high : low + (i + 1) * width,
    count,
  }));
}
