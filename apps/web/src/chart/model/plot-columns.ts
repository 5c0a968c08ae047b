import { MinMaxPyramid, type Extremes } from './min-max-pyramid.js';
import type { AreaPlot, BandPlot, HistogramPlot, LinePlot, PlotSeries } from './plot-series.js';

/** Plots whose values stand one per candle. */
export type AlignedPlot = LinePlot | HistogramPlot | BandPlot | AreaPlot;

export const isAligned = (plot: PlotSeries): plot is AlignedPlot => 'base' in plot;

/** Where the candles stand: value `i` of a plot belongs to candle `i + prepended - base`. */
export const shiftOf = (plot: AlignedPlot, prepended: number): number => prepended - plot.base;

const lowOf = (plot: AlignedPlot): Float64Array => (plot.kind === 'band' ? plot.lower : plot.values);
const highOf = (plot: AlignedPlot): Float64Array => (plot.kind === 'band' ? plot.upper : plot.values);

/** Extremes of one plot, brought up to date when its version, buffers or length changed. */
export class PlotColumns {
  readonly pyramid = new MinMaxPyramid();
  #plot: AlignedPlot | null = null;
  #version = -1;
  #length = 0;

  sync(plot: AlignedPlot): void {
    const previous = this.#plot;
    const sameBuffers = previous !== null && lowOf(previous) === lowOf(plot) && highOf(previous) === highOf(plot);
    if (sameBuffers && this.#version === plot.version && this.#length === plot.length) return;
    const isNext = previous !== null && previous.base === plot.base && plot.version === this.#version + 1;
    const changedFrom = isNext ? Math.min(plot.changedFrom ?? 0, this.#length, plot.length) : 0;
    this.pyramid.sync(lowOf(plot), highOf(plot), plot.length, changedFrom);
    this.#plot = plot;
    this.#version = plot.version;
    this.#length = plot.length;
  }

  /** Widens `into` by the plot's values on candles `[first, end)`; a histogram's and area's baseline belongs to it. */
  widen(plot: AlignedPlot, prepended: number, first: number, end: number, into: Extremes): void {
    const shift = shiftOf(plot, prepended);
    const from = Math.max(0, first - shift);
    const to = Math.min(plot.length, end - shift);
    if (from < to) {
      this.pyramid.extremes(from, to, scratch);
      if (scratch.min < into.min) into.min = scratch.min;
      if (scratch.max > into.max) into.max = scratch.max;
    }
    const baseline =
      plot.kind === 'histogram' ? (plot.baseline ?? 0) : plot.kind === 'area' ? plot.baseline : undefined;
    if (baseline === undefined) return;
    if (baseline < into.min) into.min = baseline;
    if (baseline > into.max) into.max = baseline;
  }
}

const scratch: Extremes = { min: 0, max: 0 };
