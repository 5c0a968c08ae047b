import type { SeriesKey } from '@wickworks/core';
import type { GroupAction, PlotGroup } from './plot-group.js';
import type { PaneSpec, PlotSeries } from './plot-series.js';

export const CHART_KINDS = ['candles', 'hollow', 'bars', 'line', 'area', 'baseline', 'heikin-ashi'] as const;
export type ChartKind = (typeof CHART_KINDS)[number];

export const PRICE_SCALES = ['linear', 'log', 'percent'] as const;
export type PriceScaleKind = (typeof PRICE_SCALES)[number];

/** `utc`, `local` (the browser's), `exchange`, or any IANA name such as `Europe/Zurich`. */
type ChartTimeZone = 'utc' | 'local' | 'exchange' | (string & {});

/** What the owner of a chart decides; everything else (position, zoom, cursor) belongs to the chart. */
export interface ChartOptions {
  readonly series: SeriesKey;
  readonly kind: ChartKind;
  readonly priceScale: PriceScaleKind;
  /** Decimals of the market's price tick; axis labels never show more. */
  readonly priceDecimals: number;
  readonly timeZone: ChartTimeZone;
  /** The zone that `exchange` means, an IANA name. */
  readonly exchangeTimeZone: string;
  /** Shows the volume pane. */
  readonly volume: boolean;
  /** The crosshair snaps to open, high, low and close. */
  readonly magnet: boolean;
  readonly plots: readonly PlotSeries[];
  /** Legend rows of plots that belong together. */
  readonly groups: readonly PlotGroup[];
  /** Panes below price and volume. */
  readonly panes: readonly PaneSpec[];
  /** Remembered share of the height per pane id (any positive numbers, only their ratios count). */
  readonly paneHeights: Readonly<Record<string, number>>;
  /** Non-null greys everything out and shows the text, e.g. `STALE · last news 14 s ago`. */
  readonly staleLabel: string | null;
  /** Source line on exported pictures and files. */
  readonly attribution: string;
  /** Exchange time now, ms UTC, or null while unknown; drives the countdown. Never the wall clock: replays run faster. */
  readonly exchangeNow: () => number | null;
}

/** Defaults for all but `series`. */
export const DEFAULT_CHART_OPTIONS: Omit<ChartOptions, 'series'> = {
  kind: 'candles',
  priceScale: 'linear',
  priceDecimals: 2,
  timeZone: 'utc',
  exchangeTimeZone: 'UTC',
  volume: true,
  magnet: true,
  plots: [],
  groups: [],
  panes: [],
  paneHeights: {},
  staleLabel: null,
  attribution: '',
  exchangeNow: () => null,
};

/** The candle under the crosshair, or the last one; prices in quote, volume in base units. */
export interface CandleReadout {
  readonly index: number;
  readonly openTimeMs: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  /** Close minus the previous candle's close (for the first candle: its open). */
  readonly change: number;
  /** `change` relative to that previous price; 0.01 is one percent. */
  readonly changeRatio: number;
  readonly forming: boolean;
}

/** The visible stretch: open times of the first and last visible candle, ms UTC. */
export interface VisibleRange {
  readonly fromMs: number;
  readonly toMs: number;
}

/** What the chart tells its owner. */
export interface ChartEvents {
  /** The left edge comes near: candles before `beforeMs` are wanted. Called once per stretch, only while `history` is `more`. */
  readonly onNeedHistory?: (beforeMs: number) => void;
  readonly onPaneHeights?: (heights: Readonly<Record<string, number>>) => void;
  readonly onCrosshair?: (readout: CandleReadout | null) => void;
  readonly onVisibleRange?: (range: VisibleRange) => void;
  /** False once the newest candle is out of sight. */
  readonly onFollowing?: (following: boolean) => void;
  /** A button of a group's legend row was pressed. */
  readonly onGroupAction?: (group: string, action: GroupAction) => void;
  /** Auto-scale was left (axis dragged) or taken up again (double click). */
  readonly onAutoScale?: (auto: boolean) => void;
}

/** Commands a chart's owner can give. */
export interface ChartHandle {
  /** Scrolls to the newest candle and follows it. */
  goToNow(): void;
  /** Puts the candle at `timeMs` in the middle; the nearest one when it is not loaded. */
  goTo(timeMs: number): void;
  /** Shows the loaded candles between two times, from edge to edge. */
  show(range: VisibleRange): void;
  /** Shows all loaded candles. */
  fit(): void;
  zoomIn(): void;
  zoomOut(): void;
  autoScale(): void;
  visibleRange(): VisibleRange | null;
  /** A PNG of the chart with a line naming series, range and attribution. */
  toPng(): Promise<Blob>;
  /** The visible candles as CSV: `time,open,high,low,close,volume`, time in ms UTC, then the values of the plots. */
  toCsv(): string;
  /** One paragraph for people who cannot see the picture. */
  summary(): string;
  focus(): void;
}
