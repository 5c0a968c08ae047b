import { candlesBetween, lowerBound } from '@wickworks/core';
import type { ChartModel } from '../model/chart-model.js';
import type { SeriesSource } from '../model/series-source.js';
import type { PixelColumns } from './columns-of-pixels.js';

/** A place where the exchange itself lacks candles, device pixels. */
export interface GapMark {
  /** The border between the candles before and after. */
  readonly x: number;
  readonly width: number;
  /** How many candles are missing there (in all gaps that share this mark). */
  readonly missing: number;
}

const WIDTH_MIN = 3;
const WIDTH_MAX = 14;
const APART_MIN = 4;

/** Finds the visible gaps quickly, even where there are tens of thousands (thin markets lack a candle per quiet minute). */
export class GapIndex {
  /** Index of the first candle after each gap. */
  #indexes = new Int32Array(0);
  #gaps: SeriesSource['gaps'] = [];
  #count = 0;
  #prepended = 0;
  #generation = -1;

  /** Marks of the visible gaps. The axis counts candles, so a gap has no width of its own; near ones share a mark. */
  marks(model: ChartModel, columns: PixelColumns): GapMark[] {
    const { source } = model;
    this.#sync(source);
    const { first, end } = model.viewport;
    const width = Math.round(Math.max(WIDTH_MIN, Math.min(WIDTH_MAX, columns.spacing * 0.9)));
    const marks: { x: number; width: number; missing: number }[] = [];
    for (let gap = this.#firstFrom(first); gap < this.#count && this.#indexes[gap]! <= end; gap++) {
      const [fromMs, toMs] = source.gaps[gap]!;
      const x = Math.round((this.#indexes[gap]! - columns.left) * columns.spacing);
      const missing = candlesBetween(model.options.series.timeframe, fromMs, toMs);
      const last = marks[marks.length - 1];
      if (last && x - last.x < Math.max(APART_MIN, width)) last.missing += missing;
      else marks.push({ x, width, missing });
    }
    return marks;
  }

  #sync(source: SeriesSource): void {
    const { gaps, prepended, generation } = source;
    const isSame =
      gaps === this.#gaps &&
      gaps.length === this.#count &&
      prepended === this.#prepended &&
      generation === this.#generation;
    if (isSame) return;
    this.#indexes = Int32Array.from(gaps, ([, toMs]) => lowerBound(source.candles, toMs));
    this.#gaps = gaps;
    this.#count = gaps.length;
    this.#prepended = prepended;
    this.#generation = generation;
  }

  #firstFrom(index: number): number {
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#indexes[middle]! < index) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
