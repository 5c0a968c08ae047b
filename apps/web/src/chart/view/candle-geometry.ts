import type { CandleColumns } from '@wickworks/core';
import type { ChartKind } from '../model/chart-options.js';
import { heikinAshiClose, type DerivedColumns } from '../model/derived-columns.js';
import type { Extremes } from '../model/min-max-pyramid.js';
import type { ValueScale } from '../model/value-scale.js';
import { columnStart, middleOf, type PixelColumns } from './columns-of-pixels.js';

export const RISING = 1;
/** For hollow candles: the close lies above the previous close, which decides the colour there. */
export const HIGHER = 2;

/** Candles as whole device pixels, ready to be filled; buffers are reused from frame to frame. */
export class CandleGeometry {
  count = 0;
  aggregated = false;
  wickWidth = 1;
  bodyWidth = 1;
  /** Left edge of the wick. */
  x = new Int32Array(0);
  highY = new Int32Array(0);
  lowY = new Int32Array(0);
  openY = new Int32Array(0);
  closeY = new Int32Array(0);
  /** {@link RISING} | {@link HIGHER}. */
  tone = new Uint8Array(0);

  ensure(capacity: number): void {
    if (this.x.length >= capacity) return;
    this.x = new Int32Array(capacity);
    this.highY = new Int32Array(capacity);
    this.lowY = new Int32Array(capacity);
    this.openY = new Int32Array(capacity);
    this.closeY = new Int32Array(capacity);
    this.tone = new Uint8Array(capacity);
  }
}

export interface CandleInput {
  readonly candles: CandleColumns;
  readonly derived: DerivedColumns;
  readonly kind: ChartKind;
  readonly scale: ValueScale;
  readonly columns: PixelColumns;
  readonly dpr: number;
}

/** Fills `out` with the visible candles: one entry per candle, or per pixel column where they are narrower. */
export function layCandles(out: CandleGeometry, input: CandleInput): void {
  const { columns, dpr } = input;
  out.aggregated = columns.aggregated;
  out.count = 0;
  out.wickWidth = columns.aggregated ? 1 : Math.max(1, Math.min(Math.round(dpr), Math.floor(columns.spacing)));
  out.bodyWidth = columns.aggregated ? 1 : bodyWidthOf(columns.spacing, out.wickWidth);
  out.ensure(columns.toX - columns.fromX + 4);
  if (columns.aggregated) layColumns(out, input);
  else laySingles(out, input);
}

/** Body width for candles `spacing` device pixels apart: a clear gap between neighbours, and as odd or even as the wick. */
export function bodyWidthOf(spacing: number, wickWidth: number): number {
  if (spacing < wickWidth + 2) return wickWidth;
  const width = Math.max(wickWidth, Math.min(Math.floor(spacing) - 1, Math.round(spacing * 0.78)));
  return (width - wickWidth) % 2 === 0 ? width : width - 1;
}

function laySingles(out: CandleGeometry, input: CandleInput): void {
  const { candles, columns, scale, dpr, derived } = input;
  const ashi = input.kind === 'heikin-ashi' ? derived.heikinAshi.opens : null;
  const from = Math.max(0, columnStart(columns, columns.fromX) - 1);
  const to = Math.min(candles.length, columnStart(columns, columns.toX) + 1);
  const offset = scale.offset * dpr;
  const slope = scale.slope * dpr;
  const { log } = scale;
  const half = out.wickWidth / 2;
  let entry = 0;
  for (let index = from; index < to; index++) {
    let open = candles.open[index]!;
    let high = candles.high[index]!;
    let low = candles.low[index]!;
    let close = candles.close[index]!;
    if (ashi) {
      open = ashi[index]!;
      close = heikinAshiClose(candles, index);
      if (open > high) high = open;
      if (open < low) low = open;
    }
    out.x[entry] = Math.floor(middleOf(columns, index) - half + 0.5);
    out.highY[entry] = Math.round(offset - slope * (log ? Math.log(high) : high));
    out.lowY[entry] = Math.round(offset - slope * (log ? Math.log(low) : low));
    out.openY[entry] = Math.round(offset - slope * (log ? Math.log(open) : open));
    out.closeY[entry] = Math.round(offset - slope * (log ? Math.log(close) : close));
    const higher = index === 0 ? close >= open : candles.close[index]! >= candles.close[index - 1]!;
    out.tone[entry] = (close >= open ? RISING : 0) | (higher ? HIGHER : 0);
    entry++;
  }
  out.count = entry;
}

const extremes: Extremes = { min: 0, max: 0 };
const opens: Extremes = { min: 0, max: 0 };

function layColumns(out: CandleGeometry, input: CandleInput): void {
  const { candles, columns, scale, dpr, derived } = input;
  const ashi = input.kind === 'heikin-ashi' ? derived.heikinAshi : null;
  const offset = scale.offset * dpr;
  const slope = scale.slope * dpr;
  const { log } = scale;
  let entry = 0;
  let from = Math.max(0, columnStart(columns, columns.fromX));
  for (let x = columns.fromX; x < columns.toX; x++) {
    const to = Math.min(candles.length, columnStart(columns, x + 1));
    if (to <= from) continue;
    derived.price.extremes(from, to, extremes);
    let open = candles.open[from]!;
    let close = candles.close[to - 1]!;
    if (ashi) {
      ashi.pyramid.extremes(from, to, opens);
      open = ashi.opens[from]!;
      close = heikinAshiClose(candles, to - 1);
      if (opens.min < extremes.min) extremes.min = opens.min;
      if (opens.max > extremes.max) extremes.max = opens.max;
    }
    out.x[entry] = x;
    out.highY[entry] = Math.round(offset - slope * (log ? Math.log(extremes.max) : extremes.max));
    out.lowY[entry] = Math.round(offset - slope * (log ? Math.log(extremes.min) : extremes.min));
    out.openY[entry] = Math.round(offset - slope * (log ? Math.log(open) : open));
    out.closeY[entry] = Math.round(offset - slope * (log ? Math.log(close) : close));
    out.tone[entry] = close >= open ? RISING | HIGHER : 0;
    from = to;
    entry++;
  }
  out.count = entry;
}
