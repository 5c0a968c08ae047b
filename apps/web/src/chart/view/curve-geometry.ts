import type { Extremes, MinMaxPyramid } from '../model/min-max-pyramid.js';
import type { ValueScale } from '../model/value-scale.js';
import { columnStart, middleOf, type PixelColumns } from './columns-of-pixels.js';

/**
 * A curve in device pixels. Single values have `topY = bottomY`; a pixel column of several has the extremes. NaN in
 * `topY` is a break.
 */
export class CurveGeometry {
  count = 0;
  aggregated = false;
  /** Middle of the candle, or the left edge of the pixel column. */
  x = new Float64Array(0);
  topY = new Float64Array(0);
  bottomY = new Float64Array(0);

  ensure(capacity: number): void {
    if (this.x.length >= capacity) return;
    this.x = new Float64Array(capacity);
    this.topY = new Float64Array(capacity);
    this.bottomY = new Float64Array(capacity);
  }
}

export interface CurveInput {
  /** Upper and lower values; the same column for a plain curve. */
  readonly upper: Float64Array;
  readonly lower: Float64Array;
  readonly length: number;
  /** Value `i` belongs to candle `i + shift`. */
  readonly shift: number;
  readonly pyramid: MinMaxPyramid;
  readonly scale: ValueScale;
  readonly columns: PixelColumns;
  readonly dpr: number;
}

/** Fills `out` with the visible part of a curve (or band), one value beyond either edge included. */
export function layCurve(out: CurveGeometry, input: CurveInput): void {
  const { columns } = input;
  out.aggregated = columns.aggregated;
  out.count = 0;
  out.ensure(columns.toX - columns.fromX + 6);
  if (columns.aggregated) layColumns(out, input);
  else laySingles(out, input);
}

function laySingles(out: CurveGeometry, input: CurveInput): void {
  const { upper, lower, length, shift, columns, scale, dpr } = input;
  const from = Math.max(0, columnStart(columns, columns.fromX) - 2 - shift);
  const to = Math.min(length, columnStart(columns, columns.toX) + 2 - shift);
  const offset = scale.offset * dpr;
  const slope = scale.slope * dpr;
  const { log } = scale;
  let entry = 0;
  for (let index = from; index < to; index++) {
    const top = upper[index]!;
    const bottom = lower[index]!;
    out.x[entry] = middleOf(columns, index + shift);
    out.topY[entry] = offset - slope * (log ? Math.log(top) : top);
    out.bottomY[entry] = offset - slope * (log ? Math.log(bottom) : bottom);
    entry++;
  }
  out.count = entry;
}

const extremes: Extremes = { min: 0, max: 0 };

function layColumns(out: CurveGeometry, input: CurveInput): void {
  const { length, shift, columns, scale, dpr, pyramid, upper, lower } = input;
  const offset = scale.offset * dpr;
  const slope = scale.slope * dpr;
  const { log } = scale;
  const isCurve = upper === lower;
  let entry = 0;
  let from = Math.max(0, columnStart(columns, columns.fromX) - shift);
  for (let x = columns.fromX; x < columns.toX; x++) {
    const to = Math.min(length, columnStart(columns, x + 1) - shift);
    if (to <= from) continue;
    // A curve is joined to the last value of the column before it, so that steep stretches leave no holes.
    pyramid.extremes(isCurve ? Math.max(0, from - 1) : from, to, extremes);
    out.x[entry] = x;
    const isBreak = extremes.min > extremes.max;
    out.topY[entry] = isBreak ? NaN : offset - slope * (log ? Math.log(extremes.max) : extremes.max);
    out.bottomY[entry] = isBreak ? NaN : offset - slope * (log ? Math.log(extremes.min) : extremes.min);
    from = to;
    entry++;
  }
  out.count = entry;
}
