import type { ChartKind } from '../model/chart-options.js';
import { formatPrice, formatTickQuantity } from '../model/format.js';
import type { ChartModel } from '../model/chart-model.js';
import { PRICE_PANE, VOLUME_PANE, type Pane } from '../model/pane-stack.js';
import { isAligned, shiftOf, type AlignedPlot } from '../model/plot-columns.js';
import type { Box, BoxesPlot, MarkersPlot } from '../model/plot-series.js';
import type { HistoryState } from '../model/series-source.js';
import { timeTicks } from '../model/time-ticks.js';
import { percentTicks, valueTicks, type ValueTick } from '../model/value-ticks.js';
import { BarGeometry, layBars } from './bar-geometry.js';
import { CandleGeometry, layCandles } from './candle-geometry.js';
import type { ChartSize } from './chart-size.js';
import { pixelColumns, type PixelColumns } from './columns-of-pixels.js';
import { CurveGeometry, layCurve } from './curve-geometry.js';
import { GapIndex, type GapMark } from './gap-marks.js';
import { layMarkers, MarkerGeometry } from './marker-geometry.js';

export type PlotGeometry =
  | { readonly kind: 'curve'; readonly plot: AlignedPlot; readonly curve: CurveGeometry; readonly baseY: number }
  | { readonly kind: 'bars'; readonly plot: AlignedPlot; readonly bars: BarGeometry }
  | { readonly kind: 'boxes'; readonly plot: BoxesPlot; readonly boxes: readonly Box[] }
  | { readonly kind: 'markers'; readonly plot: MarkersPlot; readonly markers: MarkerGeometry };

/** One pane, device pixels. */
export interface PaneFrame {
  readonly id: string;
  readonly label: string;
  readonly top: number;
  readonly height: number;
  readonly ticks: readonly ValueTick[];
  /** Heights of the guide lines. */
  readonly levels: readonly number[];
  readonly plots: readonly PlotGeometry[];
}

interface TimeMark {
  /** Device pixels. */
  readonly x: number;
  readonly label: string;
  readonly major: boolean;
}

/** Everything below the crosshair, in device pixels: what render/ draws without asking back. */
export interface ChartFrame {
  readonly size: ChartSize;
  readonly kind: ChartKind;
  /** Left edge of what must be repainted. */
  readonly fromX: number;
  readonly panes: readonly PaneFrame[];
  readonly timeMarks: readonly TimeMark[];
  readonly gaps: readonly GapMark[];
  /** Left edge of the first candle and what lies before it; null while out of sight. */
  readonly historyEdge: { readonly x: number; readonly state: HistoryState } | null;
  readonly candles: CandleGeometry;
  readonly closes: CurveGeometry;
  /** Height where the baseline kind changes colour. */
  readonly baseY: number;
  readonly volume: BarGeometry;
  readonly isEmpty: boolean;
  /** For a part of the picture: boxes differ from those of the frame before, so that the part will not do. */
  readonly hasNewBoxes: boolean;
}

const PRICE_TICK_PX = 56;
const SMALL_TICK_PX = 30;
/** Room for a time label, CSS pixels. */
const TIME_TICK_PX = 84;

/** Builds frames from a model; geometry buffers are reused, so a frame is valid until the next is built. */
export class FrameBuilder {
  readonly #candles = new CandleGeometry();
  readonly #closes = new CurveGeometry();
  readonly #volume = new BarGeometry();
  readonly #gaps = new GapIndex();
  readonly #plots = new Map<string, PlotGeometry>();
  #hasNewBoxes = false;

  /** The frame of `model` at `size`; `fromX` (device pixels) limits it to the right part. */
  build(model: ChartModel, size: ChartSize, fromX = 0): ChartFrame {
    const { dpr } = size;
    const columns = pixelColumns(model.viewport, dpr, Math.round(size.plotWidth * dpr), fromX);
    const { kind } = model.options;
    const isCurve = kind === 'line' || kind === 'area' || kind === 'baseline';
    if (isCurve) this.#layCloses(model, columns, dpr);
    else {
      const { candles, derived, priceScale: scale } = model;
      layCandles(this.#candles, { candles, derived, kind, scale, columns, dpr });
    }
    if (model.options.volume) this.#layVolume(model, columns, dpr);
    this.#dropPlots(model);
    this.#hasNewBoxes = false;
    return {
      size,
      kind,
      fromX,
      panes: model.stack.panes.map((pane) => this.#pane(model, pane, columns, dpr)),
      timeMarks: timeMarksOf(model, columns, dpr),
      gaps: this.#gaps.marks(model, columns),
      historyEdge: historyEdge(model, columns),
      candles: this.#candles,
      closes: this.#closes,
      baseY: Math.round(model.priceScale.y(model.baseClose) * dpr),
      volume: this.#volume,
      isEmpty: model.candles.length === 0,
      hasNewBoxes: this.#hasNewBoxes,
    };
  }

  #layCloses(model: ChartModel, columns: PixelColumns, dpr: number): void {
    const { candles, derived, priceScale: scale } = model;
    layCurve(this.#closes, {
      upper: candles.close,
      lower: candles.close,
      length: candles.length,
      shift: 0,
      pyramid: derived.close,
      scale,
      columns,
      dpr,
    });
  }

  #layVolume(model: ChartModel, columns: PixelColumns, dpr: number): void {
    const { candles, derived } = model;
    layBars(this.#volume, {
      values: candles.volume,
      length: candles.length,
      shift: 0,
      baseline: 0,
      pyramid: derived.volume,
      scale: model.scaleOf(VOLUME_PANE),
      columns,
      dpr,
      rising: (from, to) => candles.close[to - 1]! >= candles.open[from]!,
    });
  }

  #pane(model: ChartModel, pane: Pane, columns: PixelColumns, dpr: number): PaneFrame {
    const scale = model.scaleOf(pane.id);
    const plots = model.options.plots.filter((plot) => plot.pane === pane.id && plot.legendOnly !== true);
    return {
      id: pane.id,
      label: pane.spec?.label ?? (pane.id === VOLUME_PANE ? 'VOL' : ''),
      top: Math.round(pane.top * dpr),
      height: Math.round((pane.top + pane.height) * dpr) - Math.round(pane.top * dpr),
      ticks: model.candles.length === 0 ? [] : ticksOf(model, pane),
      levels: (pane.spec?.levels ?? []).map((level) => Math.round(scale.y(level) * dpr)),
      plots: plots.map((plot) => this.#plot(model, plot.id, columns, dpr)).filter((plot) => plot !== null),
    };
  }

  #plot(model: ChartModel, id: string, columns: PixelColumns, dpr: number): PlotGeometry | null {
    const plot = model.options.plots.find((candidate) => candidate.id === id);
    if (!plot || (isAligned(plot) && plot.length === 0)) return null;
    const scale = model.scaleOf(plot.pane);
    const previous = this.#plots.get(id);
    const { first, end } = model.viewport;
    if (plot.kind === 'boxes') {
      const boxes = plot.lay({
        source: model.source,
        first,
        end,
        dpr,
        toX: columns.toX,
        top: scale.top * dpr,
        height: scale.height * dpr,
        x: (index) => (index - columns.left) * columns.spacing,
        y: (value) => scale.y(value) * dpr,
      });
      // As text, which is the least code and takes microseconds.
      const known = previous?.kind === 'boxes' ? previous.boxes : null;
      if (columns.fromX > 0 && JSON.stringify(known) !== JSON.stringify(boxes)) this.#hasNewBoxes = true;
      return this.#keep(id, { kind: 'boxes', plot, boxes });
    }
    if (!isAligned(plot)) {
      const markers = previous?.kind === 'markers' ? previous.markers : new MarkerGeometry();
      layMarkers(markers, { plot, candles: model.candles, first, end, scale, columns, dpr });
      return this.#keep(id, { kind: 'markers', plot, markers });
    }
    const pyramidOwner = model.plotColumnsOf(id);
    pyramidOwner.sync(plot);
    const { pyramid } = pyramidOwner;
    const shift = shiftOf(plot, model.source.prepended);
    const shared = { length: plot.length, shift, pyramid, scale, columns, dpr };
    if (plot.kind === 'histogram') {
      const bars = previous?.kind === 'bars' ? previous.bars : new BarGeometry();
      const baseline = plot.baseline ?? 0;
      const { values } = plot;
      layBars(bars, { ...shared, values, baseline, rising: (_from, to) => values[to - 1]! >= baseline });
      return this.#keep(id, { kind: 'bars', plot, bars });
    }
    const curve = previous?.kind === 'curve' ? previous.curve : new CurveGeometry();
    const [upper, lower] = plot.kind === 'band' ? [plot.upper, plot.lower] : [plot.values, plot.values];
    layCurve(curve, { ...shared, upper, lower });
    const floor =
      plot.kind === 'area' && plot.baseline !== undefined ? scale.y(plot.baseline) : scale.top + scale.height;
    return this.#keep(id, { kind: 'curve', plot, curve, baseY: Math.round(floor * dpr) });
  }

  #keep(id: string, geometry: PlotGeometry): PlotGeometry {
    this.#plots.set(id, geometry);
    return geometry;
  }

  #dropPlots(model: ChartModel): void {
    if (this.#plots.size <= model.options.plots.length) return;
    const ids = new Set(model.options.plots.map(({ id }) => id));
    for (const id of this.#plots.keys()) if (!ids.has(id)) this.#plots.delete(id);
  }
}

function ticksOf(model: ChartModel, pane: Pane): ValueTick[] {
  const scale = model.scaleOf(pane.id);
  if (pane.id === VOLUME_PANE)
    return valueTicks(scale, SMALL_TICK_PX, formatTickQuantity).filter(({ value }) => value > 0);
  if (pane.id !== PRICE_PANE) return valueTicks(scale, SMALL_TICK_PX, formatTickQuantity);
  if (model.options.priceScale === 'percent') return percentTicks(scale, PRICE_TICK_PX, model.baseClose);
  return valueTicks(scale, PRICE_TICK_PX, (value) => formatPrice(value, model.options.priceDecimals));
}

function timeMarksOf(model: ChartModel, columns: PixelColumns, dpr: number): TimeMark[] {
  const ticks = timeTicks({
    candles: model.candles,
    candleMs: model.candleMs,
    from: columns.left,
    to: columns.left + columns.toX / columns.spacing,
    candlesApart: (TIME_TICK_PX * dpr) / columns.spacing,
    zone: model.zone,
  });
  return ticks.map(({ index, label, major }) => ({
    x: Math.floor((index + 0.5 - columns.left) * columns.spacing),
    label,
    major,
  }));
}

function historyEdge(model: ChartModel, columns: PixelColumns): ChartFrame['historyEdge'] {
  const x = Math.round(-columns.left * columns.spacing);
  return model.candles.length > 0 && x > 0 ? { x, state: model.source.history } : null;
}
