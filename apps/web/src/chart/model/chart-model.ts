import { timeframeMs, type CandleColumns, MS_PER_DAY } from '@wickworks/core';
import type { CandleReadout, ChartOptions, VisibleRange } from './chart-options.js';
import { DerivedColumns, type SeriesChange } from './derived-columns.js';
import type { Extremes } from './min-max-pyramid.js';
import { PaneStack, PRICE_PANE, VOLUME_PANE, type Pane } from './pane-stack.js';
import { isAligned, PlotColumns, shiftOf } from './plot-columns.js';
import { readoutAt, snapPrice } from './readout.js';
import type { SeriesSource } from './series-source.js';
import { localTimeZone, timeZoneOf, UTC, type TimeZone } from './time-zone.js';
import { ValueScale } from './value-scale.js';
import { Viewport } from './viewport.js';

/** Where the crosshair stands: a candle, a pane and a value on that pane's scale. */
export interface Cursor {
  /** May lie beyond the newest candle or before the first. */
  readonly index: number;
  readonly pane: string;
  /** CSS pixels from the top of the chart. */
  readonly y: number;
  readonly value: number;
}

/** What a chart shows and how it is looked at, without a pixel drawn: the one owner of position, scales and cursor. */
export class ChartModel {
  readonly viewport = new Viewport();
  readonly stack = new PaneStack();
  readonly derived = new DerivedColumns();
  cursor: Cursor | null = null;
  #options: ChartOptions;
  #source: SeriesSource;
  #scales = new Map<string, ValueScale>();
  #plotColumns = new Map<string, PlotColumns>();
  #zone: TimeZone = UTC;

  constructor(source: SeriesSource, options: ChartOptions) {
    this.#source = source;
    this.#options = options;
    this.#applyOptions();
    this.catchUp();
  }

  get options(): ChartOptions {
    return this.#options;
  }
  get source(): SeriesSource {
    return this.#source;
  }
  get candles(): CandleColumns {
    return this.#source.candles;
  }
  get candleMs(): number {
    return timeframeMs(this.#options.series.timeframe);
  }
  /** Zone of all labels. Candles of a day and more open at UTC midnight and keep their UTC date everywhere. */
  get zone(): TimeZone {
    return this.candleMs >= MS_PER_DAY ? UTC : this.#zone;
  }
  get priceScale(): ValueScale {
    return this.scaleOf(PRICE_PANE);
  }

  setOptions(options: ChartOptions): void {
    this.#options = options;
    this.#applyOptions();
  }

  /** Another series: position, manual scales and cursor start afresh. */
  setSource(source: SeriesSource): void {
    this.#source = source;
    this.derived.reset();
    this.viewport.reset();
    this.cursor = null;
    for (const scale of this.#scales.values()) scale.auto = true;
    this.#applyOptions();
    this.catchUp();
  }

  /** Takes over what the source changed since the last call; the view moves so that nothing jumps. */
  catchUp(): SeriesChange {
    const change = this.derived.sync(this.#source);
    if (change.changedFrom === Infinity) return change;
    this.viewport.syncSeries({ length: this.candles.length, prepended: change.prepended });
    if (this.cursor && change.prepended !== 0) {
      this.cursor = { ...this.cursor, index: this.cursor.index + change.prepended };
    }
    return change;
  }

  /** The plot area in CSS pixels. */
  resize(width: number, height: number): void {
    this.viewport.resize(width);
    this.stack.resize(height);
    this.#placeScales();
  }

  moveDivider(index: number, dy: number): void {
    this.stack.moveDivider(index, dy);
    this.#placeScales();
  }

  scaleOf(pane: string): ValueScale {
    let scale = this.#scales.get(pane);
    if (!scale) {
      scale = new ValueScale();
      this.#scales.set(pane, scale);
    }
    return scale;
  }

  /** The pane at `y` CSS pixels, the last one below all. */
  paneAt(y: number): Pane {
    const { panes } = this.stack;
    return panes.find(({ top, height }) => y < top + height) ?? panes[panes.length - 1]!;
  }

  /** Refits the scales that follow what is visible; true when a range changed. */
  fitScales(): boolean {
    let changed = false;
    for (const pane of this.stack.panes) {
      const scale = this.scaleOf(pane.id);
      if (!scale.auto) continue;
      const { low, high } = scale;
      this.#fit(pane, scale);
      if (scale.low !== low || scale.high !== high) changed = true;
    }
    return changed;
  }

  /** All scales follow what is visible again. */
  autoScale(): void {
    for (const scale of this.#scales.values()) scale.auto = true;
  }

  plotColumnsOf(id: string): PlotColumns {
    let columns = this.#plotColumns.get(id);
    if (!columns) {
      columns = new PlotColumns();
      this.#plotColumns.set(id, columns);
    }
    return columns;
  }

  /** How many candles before the newest a tick may still move what is drawn: plots displaced to the left. */
  get tailReach(): number {
    let reach = 0;
    for (const plot of this.#options.plots) {
      if (isAligned(plot)) reach = Math.max(reach, -shiftOf(plot, this.#source.prepended));
    }
    return reach;
  }

  /** Close of the first visible candle: where percent axes and the baseline kind start. */
  get baseClose(): number {
    return this.candles.length === 0 ? 1 : this.candles.close[Math.min(this.viewport.first, this.candles.length - 1)]!;
  }

  /** Puts the crosshair under a pointer; with `magnet` it snaps to a price of the candle. */
  pointAt(x: number, y: number): void {
    const { viewport, candles } = this;
    const pane = this.paneAt(y);
    const index = Math.floor(viewport.positionAt(x));
    const scale = this.scaleOf(pane.id);
    const onCandle = index >= 0 && index < candles.length;
    if (onCandle && this.#options.magnet && pane.id === PRICE_PANE) this.pointAtPrice(index, y);
    else this.cursor = { index, pane: pane.id, y, value: scale.valueAt(y) };
  }

  /** Puts the crosshair on the candle at `index`, at the price of it nearest to `y` (by default its close). */
  pointAtPrice(index: number, y?: number): void {
    const scale = this.priceScale;
    const value =
      y === undefined ? this.candles.close[index]! : snapPrice(this.candles, index, y, (price) => scale.y(price));
    this.cursor = { index, pane: PRICE_PANE, y: scale.y(value), value };
  }

  /** The candle under the crosshair while that is in sight, else the newest one. */
  readout(): CandleReadout | null {
    const { first, end } = this.viewport;
    const pointed = this.cursor && this.cursor.index >= first && this.cursor.index < end ? this.cursor.index : -1;
    return readoutAt(this.candles, pointed, this.#source.forming) ?? this.lastReadout();
  }

  lastReadout(): CandleReadout | null {
    return readoutAt(this.candles, this.candles.length - 1, this.#source.forming);
  }

  visibleRange(): VisibleRange | null {
    const { first, end } = this.viewport;
    if (first >= end) return null;
    return { fromMs: this.candles.time[first]!, toMs: this.candles.time[end - 1]! };
  }

  #applyOptions(): void {
    const { kind, priceScale, volume, panes, paneHeights, timeZone, exchangeTimeZone, plots } = this.#options;
    this.stack.arrange({ volume, further: panes, remembered: paneHeights });
    this.#zone = timeZone === 'local' ? localTimeZone() : timeZoneOf(zoneName(timeZone, exchangeTimeZone));
    const isCurve = kind === 'line' || kind === 'area' || kind === 'baseline';
    this.derived.use(this.#source, { close: isCurve, heikinAshi: kind === 'heikin-ashi' });
    const log = priceScale === 'log';
    if (this.priceScale.log !== log) {
      this.priceScale.log = log;
      this.priceScale.auto = true;
    }
    const ids = new Set(plots.map(({ id }) => id));
    for (const id of this.#plotColumns.keys()) if (!ids.has(id)) this.#plotColumns.delete(id);
    this.#placeScales();
  }

  #placeScales(): void {
    for (const { id, top, height } of this.stack.panes) this.scaleOf(id).place(top, height);
  }

  #fit(pane: Pane, scale: ValueScale): void {
    const { first, end } = this.viewport;
    if (pane.spec?.range) {
      scale.setRange(...pane.spec.range);
      return;
    }
    range.min = Infinity;
    range.max = -Infinity;
    if (pane.id === VOLUME_PANE) {
      if (first < end) this.derived.volume.extremes(first, end, range);
      if (range.max > 0) scale.fit(range, 0);
      return;
    }
    if (pane.id === PRICE_PANE && first < end) this.#priceExtremes(first, end);
    for (const plot of this.#options.plots) {
      if (plot.pane !== pane.id || !isAligned(plot) || plot.legendOnly || plot.offScale) continue;
      const columns = this.plotColumnsOf(plot.id);
      columns.sync(plot);
      columns.widen(plot, this.#source.prepended, first, end, range);
    }
    scale.fit(range);
  }

  #priceExtremes(first: number, end: number): void {
    const { kind } = this.#options;
    const { derived } = this;
    if (kind === 'line' || kind === 'area' || kind === 'baseline') derived.close.extremes(first, end, range);
    else derived.price.extremes(first, end, range);
    if (kind !== 'heikin-ashi') return;
    derived.heikinAshi.pyramid.extremes(first, end, opens);
    range.min = Math.min(range.min, opens.min);
    range.max = Math.max(range.max, opens.max);
  }
}

const range: Extremes = { min: 0, max: 0 };
const opens: Extremes = { min: 0, max: 0 };

const zoneName = (choice: string, exchangeZone: string): string =>
  choice === 'utc' ? 'UTC' : choice === 'exchange' ? exchangeZone : choice;
