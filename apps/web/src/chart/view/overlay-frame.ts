import { closeTimeOf } from '@wickworks/core';
import { formatCountdown, formatPrice, formatQuantity } from '../model/format.js';
import type { ChartModel } from '../model/chart-model.js';
import { PRICE_PANE } from '../model/pane-stack.js';
import { formatTime, timeAt } from '../model/time-ticks.js';
import { formatPercent, type ValueTick } from '../model/value-ticks.js';
import type { ChartSize } from './chart-size.js';

/** The price label's two rows, and half a label above and below. */
const COVERED_PX = 34;

/** What lies above the candles, device pixels. */
export interface OverlayFrame {
  readonly size: ChartSize;
  readonly lastPrice: {
    readonly y: number;
    readonly label: string;
    /** Time to the close of the forming candle; null when unknown or nothing forms. */
    readonly countdown: string | null;
    readonly rising: boolean;
    readonly inSight: boolean;
    /** Lower edge of the price pane: the label stays above the divider's line. */
    readonly bottom: number;
    /** Heights of the axis labels that would show from under the price label, half covered. */
    readonly tickYs: readonly number[];
  } | null;
  readonly crosshair: {
    readonly x: number;
    readonly y: number;
    readonly valueLabel: string;
    readonly timeLabel: string;
  } | null;
}

/** Label of `value` on the axis of `pane`. */
export function axisLabel(model: ChartModel, pane: string, value: number): string {
  if (pane !== PRICE_PANE) return formatQuantity(value);
  if (model.options.priceScale === 'percent') return formatPercent(value / model.baseClose - 1);
  return formatPrice(value, model.options.priceDecimals);
}

/** The overlay of `model` at `size`; `ticks` are those on the price axis below it. */
export function overlayFrame(model: ChartModel, size: ChartSize, ticks: readonly ValueTick[] = []): OverlayFrame {
  return { size, lastPrice: lastPriceOf(model, size, ticks), crosshair: crosshairOf(model, size) };
}

function lastPriceOf(model: ChartModel, size: ChartSize, ticks: readonly ValueTick[]): OverlayFrame['lastPrice'] {
  const { candles, source, options, priceScale } = model;
  const last = candles.length - 1;
  if (last < 0) return null;
  const close = candles.close[last]!;
  const y = priceScale.y(close);
  const nowMs = source.forming ? options.exchangeNow() : null;
  const closeMs = closeTimeOf(options.series.timeframe, candles.time[last]!);
  return {
    y: Math.round(y * size.dpr),
    label: axisLabel(model, PRICE_PANE, close),
    countdown: nowMs === null ? null : formatCountdown(closeMs - nowMs),
    rising: close >= candles.open[last]!,
    tickYs: ticks.filter((tick) => Math.abs(tick.y - y) < COVERED_PX).map((tick) => Math.round(tick.y * size.dpr)),
    bottom: Math.round((priceScale.top + priceScale.height) * size.dpr),
    inSight: y >= priceScale.top && y <= priceScale.top + priceScale.height,
  };
}

function crosshairOf(model: ChartModel, size: ChartSize): OverlayFrame['crosshair'] {
  const { cursor, candles, viewport } = model;
  if (!cursor || candles.length === 0) return null;
  const x = viewport.xOf(cursor.index + 0.5);
  if (x < 0 || x > size.plotWidth) return null;
  const y = cursor.pane === PRICE_PANE ? model.priceScale.y(cursor.value) : cursor.y;
  return {
    x: Math.floor(x * size.dpr),
    y: Math.round(y * size.dpr),
    valueLabel: axisLabel(model, cursor.pane, cursor.value),
    timeLabel: formatTime(timeAt(candles, model.candleMs, cursor.index), model.candleMs, model.zone),
  };
}
