import type { Extremes, MinMaxPyramid } from '../model/min-max-pyramid.js';
import type { ValueScale } from '../model/value-scale.js';
import { bodyWidthOf } from './candle-geometry.js';
import { columnStart, middleOf, type PixelColumns } from './columns-of-pixels.js';

/** Columns standing on (or hanging from) a baseline, in whole device pixels. */
export class BarGeometry {
  count = 0;
  width = 1;
  baseY = 0;
  x = new Int32Array(0);
  /** The end away from the baseline; in a pixel column of several, the highest. */
  y = new Int32Array(0);
  /** The lowest end of a pixel column of several; `baseY` when all lie above. */
  lowY = new Int32Array(0);
  /** 1 where the column takes the first colour, 0 where the second. */
  tone = new Uint8Array(0);

  ensure(capacity: number): void {
    if (this.x.length >= capacity) return;
    this.x = new Int32Array(capacity);
    this.y = new Int32Array(capacity);
    this.lowY = new Int32Array(capacity);
    this.tone = new Uint8Array(capacity);
  }
}

export interface BarInput {
  readonly values: Float64Array;
  readonly length: number;
  readonly shift: number;
  readonly baseline: number;
  readonly pyramid: MinMaxPyramid;
  readonly scale: ValueScale;
  readonly columns: PixelColumns;
  readonly dpr: number;
  /** First colour or second, for the values `[from, to)` of one column. */
  readonly rising: (from: number, to: number) => boolean;
}

const extremes: Extremes = { min: 0, max: 0 };

/** Fills `out` with the visible columns; where several share a pixel it shows the farthest from the baseline. */
export function layBars(out: BarGeometry, input: BarInput): void {
  const { values, length, shift, baseline, pyramid, scale, columns, dpr } = input;
  out.count = 0;
  out.ensure(columns.toX - columns.fromX + 4);
  const wick = columns.aggregated ? 1 : Math.max(1, Math.min(Math.round(dpr), Math.floor(columns.spacing)));
  out.width = columns.aggregated ? 1 : bodyWidthOf(columns.spacing, wick);
  out.baseY = Math.round(scale.y(baseline) * dpr);
  const toY = (value: number): number => Math.round(scale.y(value) * dpr);
  const put = (x: number, from: number, to: number): void => {
    if (!(extremes.min <= extremes.max)) return;
    out.x[out.count] = x;
    out.y[out.count] = extremes.max > baseline ? toY(extremes.max) : out.baseY;
    out.lowY[out.count] = extremes.min < baseline ? toY(extremes.min) : out.baseY;
    out.tone[out.count] = input.rising(from, to) ? 1 : 0;
    out.count++;
  };
  if (columns.aggregated) {
    let from = Math.max(0, columnStart(columns, columns.fromX) - shift);
    for (let x = columns.fromX; x < columns.toX; x++) {
      const to = Math.min(length, columnStart(columns, x + 1) - shift);
      if (to <= from) continue;
      pyramid.extremes(from, to, extremes);
      put(x, from, to);
      from = to;
    }
    return;
  }
  const first = Math.max(0, columnStart(columns, columns.fromX) - 1 - shift);
  const end = Math.min(length, columnStart(columns, columns.toX) + 1 - shift);
  for (let index = first; index < end; index++) {
    extremes.min = values[index]!;
    extremes.max = values[index]!;
    put(Math.floor(middleOf(columns, index + shift) - out.width / 2 + 0.5), index, index + 1);
  }
}
