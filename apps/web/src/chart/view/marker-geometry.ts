import { lowerBound, type CandleColumns } from '@wickworks/core';
import { firstMark, type MarkersPlot } from '../model/plot-series.js';
import type { ValueScale } from '../model/value-scale.js';
import { middleOf, type PixelColumns } from './columns-of-pixels.js';

/** Marks in device pixels. */
export class MarkerGeometry {
  count = 0;
  x = new Float64Array(0);
  y = new Float64Array(0);
  shape = new Uint8Array(0);

  ensure(capacity: number): void {
    if (this.x.length >= capacity) return;
    this.x = new Float64Array(capacity);
    this.y = new Float64Array(capacity);
    this.shape = new Uint8Array(capacity);
  }
}

/** Fills `out` with the visible marks; of several alike on the same pixel column and height only one is kept. */
export function layMarkers(
  out: MarkerGeometry,
  input: {
    plot: MarkersPlot;
    candles: CandleColumns;
    first: number;
    end: number;
    scale: ValueScale;
    columns: PixelColumns;
    dpr: number;
  },
): void {
  const { plot, candles, first, end, scale, columns, dpr } = input;
  out.count = 0;
  if (first >= end) return;
  const from = firstMark(plot, candles.time[first]!);
  const to = end < candles.length ? firstMark(plot, candles.time[end]!) : plot.length;
  out.ensure(to - from);
  for (let mark = from; mark < to; mark++) {
    const timeMs = plot.times[mark]!;
    const after = lowerBound(candles, timeMs);
    const index = candles.time[after] === timeMs && after < candles.length ? after : after - 1;
    const x = middleOf(columns, Math.max(0, index));
    const y = scale.y(plot.values[mark]!) * dpr;
    const shape = plot.shapes[mark]!;
    const last = out.count - 1;
    const repeats =
      last >= 0 && Math.abs(out.x[last]! - x) < 1 && Math.abs(out.y[last]! - y) < 1 && out.shape[last] === shape;
    if (repeats) continue;
    out.x[out.count] = x;
    out.y[out.count] = y;
    out.shape[out.count] = shape;
    out.count++;
  }
}
