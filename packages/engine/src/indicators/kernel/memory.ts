import type { Series } from './graph.js';

/** What is left of the start of the data counts as gone below this share. */
const LEFT_RATIO = 1e-6;

/**
 * How far a column reaches back beyond the window that its `begin` shows: so many candles until a millionth of the
 * start is left; `market`: until something happens in the market (a session opens, a trend turns), however long that
 * takes; `forever`: the start is never forgotten.
 */
export type Memory = number | 'market' | 'forever';

/** A column that tells who reads it and keeps what its kernel says of its memory: how settling is found out. */
export class WatchedSeries implements Series {
  readonly #column: Series;
  readonly #onAccess: (series: WatchedSeries) => void;
  /** What the kernel itself adds to the memory of what it reads. */
  own: Memory = 0;
  /** Read besides, though perhaps not yet. */
  others: readonly Series[] = [];

  constructor(column: Series, onAccess: (series: WatchedSeries) => void) {
    this.#column = column;
    this.#onAccess = onAccess;
  }

  get begin(): number {
    return this.#column.begin;
  }

  get values(): Float64Array {
    this.#onAccess(this);
    return this.#column.values;
  }
}

/** Candles until exponential smoothing with `weight` (0..1) on the newest value leaves a millionth of its start. */
const candlesToFade = (weight: number): number =>
  weight >= 1 ? 0 : Math.ceil(Math.log(LEFT_RATIO) / Math.log1p(-weight));

/** Declares that the kernel writing `series` remembers beyond the windows it reads. Costs nothing but this call. */
export function remembers<T extends Series>(series: T, memory: Memory): T {
  if (series instanceof WatchedSeries) series.own = memory;
  return series;
}

/** Declares that the kernel writing `series` smooths exponentially with `weight`s, one after the other. */
export const fades = <T extends Series>(series: T, ...weights: readonly number[]): T =>
  remembers(
    series,
    weights.reduce((sum, weight) => sum + candlesToFade(weight), 0),
  );

/** Declares that `series` rests on all of `others`, whichever of them a candle happens to choose. */
export function restsOn<T extends Series>(series: T, others: readonly Series[]): T {
  if (series instanceof WatchedSeries) series.others = others;
  return series;
}
