import type { CandleColumns } from '@wickworks/core';
import { MinMaxPyramid } from './min-max-pyramid.js';
import type { SeriesSource } from './series-source.js';

/** How a series changed since it was last looked at, and by how much its indexes moved. */
export interface SeriesChange {
  /** Values before this index are as before; `Infinity` when nothing changed. */
  readonly changedFrom: number;
  /** Candles put in front. */
  readonly prepended: number;
  /** True when the same candles stand at the same indexes and only the newest values differ. */
  readonly tailOnly: boolean;
}

const UNCHANGED: SeriesChange = { changedFrom: Infinity, prepended: 0, tailOnly: true };

/** What the chart computes from a series' columns, kept up to date with as little work as the change allows. */
export class DerivedColumns {
  /** Extremes of low and high. */
  readonly price = new MinMaxPyramid();
  readonly volume = new MinMaxPyramid();
  /** Extremes of the closes; in sync only while asked for by {@link use}. */
  readonly close = new MinMaxPyramid();
  readonly heikinAshi = new HeikinAshi();
  #version = -1;
  #generation = -1;
  #prepended = 0;
  #length = 0;
  #needs: DerivedNeeds = { close: false, heikinAshi: false };

  /** Says which of the dearer columns the coming frames need. */
  use(source: SeriesSource, needs: DerivedNeeds): void {
    const startClose = needs.close && !this.#needs.close;
    const startAshi = needs.heikinAshi && !this.#needs.heikinAshi;
    this.#needs = needs;
    if (startClose) this.close.sync(source.candles.close, source.candles.close, this.#length, 0);
    if (startAshi) this.heikinAshi.sync(source.candles, this.#length, 0);
    if (!needs.heikinAshi) this.heikinAshi.forget();
  }

  /** Forgets the series: the next one is another. */
  reset(): void {
    this.#version = -1;
    this.#length = 0;
  }

  /** Catches up with `source` and tells what changed. */
  sync(source: SeriesSource): SeriesChange {
    if (source.version === this.#version) return UNCHANGED;
    const { candles } = source;
    const isFirst = this.#version === -1;
    const prepended = isFirst ? 0 : source.prepended - this.#prepended;
    const rebuilt = isFirst || prepended !== 0 || source.generation !== this.#generation;
    const changedFrom = rebuilt ? 0 : Math.max(0, Math.min(this.#length, candles.length) - 2);
    const tailOnly = !rebuilt && candles.length === this.#length;
    this.#version = source.version;
    this.#generation = source.generation;
    this.#prepended = source.prepended;
    this.#length = candles.length;
    this.price.sync(candles.low, candles.high, candles.length, changedFrom);
    this.volume.sync(candles.volume, candles.volume, candles.length, changedFrom);
    if (this.#needs.close) this.close.sync(candles.close, candles.close, candles.length, changedFrom);
    if (this.#needs.heikinAshi) this.heikinAshi.sync(candles, candles.length, changedFrom);
    return { changedFrom, prepended, tailOnly };
  }
}

export interface DerivedNeeds {
  readonly close: boolean;
  readonly heikinAshi: boolean;
}

/**
 * Heikin-Ashi candles: close = (o + h + l + c) / 4, open = mean of the previous Heikin-Ashi open and close (the first:
 * of open and close), high and low widened to both (Valcu, "Using the Heikin-Ashi technique", 2004). Only the opens
 * depend on the past and are kept; the rest is read off the candle.
 */
class HeikinAshi {
  opens = new Float64Array(0);
  /** Extremes of the opens; the closes never leave the candle's own low and high. */
  readonly pyramid = new MinMaxPyramid();

  sync(candles: CandleColumns, length: number, changedFrom: number): void {
    if (this.opens.length < length) {
      const wider = new Float64Array(Math.max(length, this.opens.length * 2));
      wider.set(this.opens);
      this.opens = wider;
    }
    const { opens } = this;
    for (let index = changedFrom; index < length; index++) {
      opens[index] =
        index === 0
          ? (candles.open[0]! + candles.close[0]!) / 2
          : (opens[index - 1]! + heikinAshiClose(candles, index - 1)) / 2;
    }
    this.pyramid.sync(opens, opens, length, changedFrom);
  }

  forget(): void {
    this.opens = new Float64Array(0);
  }
}

export const heikinAshiClose = (candles: CandleColumns, index: number): number =>
  (candles.open[index]! + candles.high[index]! + candles.low[index]! + candles.close[index]!) / 4;
