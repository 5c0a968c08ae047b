import { lowerBound } from '@wickworks/core';
import type { SeriesSource } from './series-source.js';

interface PlotCommon {
  /** Unique within the chart. */
  readonly id: string;
  /** Shown in the pane's legend, e.g. `EMA 20`. */
  readonly label: string;
  /** Id of the pane it is drawn in: `price`, `volume` or one of the chart's further panes. */
  readonly pane: string;
  /** A CSS colour, or the name of a theme token without its prefix, e.g. `plot-1` for `--wick-plot-1`. */
  readonly color: string;
  /** Rises when the columns were changed in place. */
  readonly version: number;
  /** Id of the {@link PlotGroup} whose legend row holds its value; without one it stands among the pane's own. */
  readonly group?: string;
  /** Left out of the legend. */
  readonly unlisted?: boolean;
  /** Stands in the legend without being drawn or scaled to. */
  readonly legendOnly?: boolean;
  /** Drawn where it lies, but auto-scale does not reach out for it. */
  readonly offScale?: boolean;
}

interface AlignedColumns {
  /** `SeriesSource.prepended` at the time of calculation: value `i` belongs to candle `i + prepended - base`. */
  readonly base: number;
  /** Values in use; the buffers may be longer. */
  readonly length: number;
  /** Values before this index are those of the previous `version`; default 0. Saves work when only the tail changed. */
  readonly changedFrom?: number;
}

/** A curve; NaN breaks it. */
export interface LinePlot extends PlotCommon, AlignedColumns {
  readonly kind: 'line';
  readonly values: Float64Array;
  /** CSS pixels, default 1. */
  readonly widthPx?: number;
  readonly style?: 'solid' | 'dashed' | 'step' | 'dots';
}

/** Columns standing on `baseline`; with `negativeColor` those below it are painted in that colour. */
export interface HistogramPlot extends PlotCommon, AlignedColumns {
  readonly kind: 'histogram';
  readonly values: Float64Array;
  /** Default 0. */
  readonly baseline?: number;
  readonly negativeColor?: string;
}

/** The space between two curves (Bollinger bands, clouds, forecasts). */
export interface BandPlot extends PlotCommon, AlignedColumns {
  readonly kind: 'band';
  readonly upper: Float64Array;
  readonly lower: Float64Array;
  /** Ratio 0..1, default 0.12. */
  readonly opacity?: number;
}

/** A curve whose space to `baseline` is filled; without a baseline it is filled to the floor of the pane. */
export interface AreaPlot extends PlotCommon, AlignedColumns {
  readonly kind: 'area';
  readonly values: Float64Array;
  readonly baseline?: number;
  /** Ratio 0..1, default 0.12. */
  readonly opacity?: number;
}

export const MARKER_SHAPES = ['dot', 'arrow-up', 'arrow-down', 'square', 'cross'] as const;

/** Single marks at times and prices (fills, signals), ascending by time; drawn on the candle that contains the time. */
export interface MarkersPlot extends PlotCommon {
  readonly kind: 'markers';
  readonly length: number;
  /** Times, ms UTC. */
  readonly times: Float64Array;
  /** On the pane's scale. */
  readonly values: Float64Array;
  /** Index into {@link MARKER_SHAPES} for each mark. */
  readonly shapes: Uint8Array;
  /** Colour of down and sell marks (`arrow-down`, `cross`); default `color`. */
  readonly negativeColor?: string;
  /** What the legend says of the candle that opened then; without it the marks have no place there. */
  told?(openTimeMs: number, price: (value: number) => string): ToldMark;
}

/** A mark in words, and the colour of the words. */
export interface ToldMark {
  readonly value: string;
  readonly color: string;
}

/** First mark at or after `timeMs`. */
export const firstMark = ({ length, times }: Pick<MarkersPlot, 'length' | 'times'>, timeMs: number): number =>
  lowerBound({ length, time: times }, timeMs);

/** A filled rectangle, device pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Theme token or CSS colour. */
  readonly color: string;
  /** Ratio 0..1. */
  readonly opacity: number;
}

/** What boxes are laid by; all pixels are device pixels. */
export interface BoxesView {
  readonly source: SeriesSource;
  /** Candles in sight, `[first, end)`. */
  readonly first: number;
  readonly end: number;
  readonly dpr: number;
  /** Right edge of the plot. */
  readonly toX: number;
  readonly top: number;
  readonly height: number;
  /** Left edge of the candle at `index`. */
  readonly x: (index: number) => number;
  readonly y: (value: number) => number;
}

/** A part of a legend: a value on the pane's scale, or only words. */
export interface PlotNote {
  readonly label: string;
  readonly value: number | null;
}

/** Filled rectangles behind the candles, laid anew for every frame; auto-scale does not reach out for them. */
export interface BoxesPlot extends PlotCommon {
  readonly kind: 'boxes';
  /** What the legend says, as of the last {@link lay}. */
  readonly notes: readonly PlotNote[];
  lay(view: BoxesView): readonly Box[];
}

/** Something drawn over or under the candles besides themselves. */
export type PlotSeries = LinePlot | HistogramPlot | BandPlot | AreaPlot | MarkersPlot | BoxesPlot;

/** A pane below the price: its plots share one scale. */
export interface PaneSpec {
  readonly id: string;
  readonly label: string;
  /** Share of the height relative to the other panes when nothing is remembered; the price pane has 5, volume 1. */
  readonly weight?: number;
  /** Horizontal guides, e.g. 30 and 70. */
  readonly levels?: readonly number[];
  /** Fixed range of the scale; otherwise it follows what is visible. */
  readonly range?: readonly [min: number, max: number];
}
