import type { BarGeometry } from '../view/bar-geometry.js';
import type { CurveGeometry } from '../view/curve-geometry.js';
import { addColumn, beginColumns } from './lines.js';

export type CurveStyle = 'solid' | 'dashed' | 'step' | 'dots';

/** A curve of `width` device pixels; NaN breaks it. Pixel columns of several values become filled columns. */
export function drawCurve(
  context: CanvasRenderingContext2D,
  curve: CurveGeometry,
  pen: { color: string; width: number; style: CurveStyle },
): void {
  if (curve.aggregated) {
    drawSpans(context, curve, pen.color, pen.width);
    return;
  }
  if (pen.style === 'dots') {
    context.fillStyle = pen.color;
    const size = Math.max(2, Math.round(pen.width * 2));
    for (let entry = 0; entry < curve.count; entry++) {
      const y = curve.topY[entry]!;
      if (!Number.isNaN(y)) {
        context.fillRect(Math.round(curve.x[entry]! - size / 2), Math.round(y - size / 2), size, size);
      }
    }
    return;
  }
  context.strokeStyle = pen.color;
  context.lineWidth = pen.width;
  context.lineJoin = 'bevel';
  if (pen.style === 'dashed') context.setLineDash([pen.width * 4, pen.width * 3]);
  context.beginPath();
  trace(context, curve, pen.style === 'step');
  context.stroke();
  if (pen.style === 'dashed') context.setLineDash([]);
}

function drawSpans(context: CanvasRenderingContext2D, curve: CurveGeometry, color: string, width: number): void {
  const { count, x, topY, bottomY } = curve;
  const thickness = Math.max(1, Math.round(width));
  const lift = thickness >> 1;
  beginColumns(context, color);
  for (let entry = 0; entry < count; entry++) {
    const top = Math.round(topY[entry]!);
    if (Number.isNaN(top)) continue;
    addColumn(context, x[entry]!, top - lift, Math.round(bottomY[entry]!) - top + thickness);
  }
  context.stroke();
}

function trace(context: CanvasRenderingContext2D, curve: CurveGeometry, step: boolean): void {
  const { count, x, topY } = curve;
  // A step is as wide as its candle.
  const half = step && count > 1 ? (x[1]! - x[0]!) / 2 : 0;
  let isOpen = false;
  for (let entry = 0; entry < count; entry++) {
    const y = topY[entry]!;
    if (Number.isNaN(y)) {
      isOpen = false;
      continue;
    }
    context[isOpen ? 'lineTo' : 'moveTo'](x[entry]! - half, y);
    if (step) context.lineTo(x[entry]! + half, y);
    isOpen = true;
  }
}

/** The space between a curve and the height `baseY`. */
export function fillToBase(
  context: CanvasRenderingContext2D,
  curve: CurveGeometry,
  fill: { color: string; opacity: number; baseY: number },
): void {
  const { count, x, topY, bottomY } = curve;
  context.fillStyle = fill.color;
  context.globalAlpha = fill.opacity;
  if (curve.aggregated) {
    for (let entry = 0; entry < count; entry++) {
      const top = topY[entry]!;
      if (Number.isNaN(top)) continue;
      const upper = Math.round(Math.min(top, fill.baseY));
      context.fillRect(x[entry]!, upper, 1, Math.round(Math.max(bottomY[entry]!, fill.baseY)) - upper);
    }
  } else {
    forEachRun(curve, (from, to) => {
      context.beginPath();
      context.moveTo(x[from]!, fill.baseY);
      for (let entry = from; entry < to; entry++) context.lineTo(x[entry]!, topY[entry]!);
      context.lineTo(x[to - 1]!, fill.baseY);
      context.fill();
    });
  }
  context.globalAlpha = 1;
}

/** The space between the upper and the lower curve. */
export function fillBand(
  context: CanvasRenderingContext2D,
  curve: CurveGeometry,
  fill: { color: string; opacity: number },
): void {
  const { x, topY, bottomY } = curve;
  context.fillStyle = fill.color;
  context.globalAlpha = fill.opacity;
  if (curve.aggregated) drawSpans(context, curve, fill.color, 1);
  else {
    forEachRun(curve, (from, to) => {
      context.beginPath();
      for (let entry = from; entry < to; entry++) context.lineTo(x[entry]!, topY[entry]!);
      for (let entry = to - 1; entry >= from; entry--) context.lineTo(x[entry]!, bottomY[entry]!);
      context.fill();
    });
  }
  context.globalAlpha = 1;
}

/** Calls `visit` for each stretch without a break. */
function forEachRun(curve: CurveGeometry, visit: (from: number, to: number) => void): void {
  let from = 0;
  for (let entry = 0; entry <= curve.count; entry++) {
    if (entry < curve.count && !Number.isNaN(curve.topY[entry]!) && !Number.isNaN(curve.bottomY[entry]!)) continue;
    if (entry > from) visit(from, entry);
    from = entry + 1;
  }
}

/** Columns on their baseline, in two colours. */
export function drawColumns(
  context: CanvasRenderingContext2D,
  bars: BarGeometry,
  colors: { first: string; second: string; opacity: number },
): void {
  const { count, x, y, lowY, tone, baseY, width } = bars;
  context.globalAlpha = colors.opacity;
  for (const wanted of [1, 0]) {
    const color = wanted === 1 ? colors.first : colors.second;
    context.fillStyle = color;
    beginColumns(context, color);
    for (let entry = 0; entry < count; entry++) {
      if (tone[entry] !== wanted) continue;
      const top = Math.min(y[entry]!, baseY);
      const bottom = Math.max(lowY[entry]!, baseY);
      const height = Math.max(1, bottom - top);
      if (width === 1) addColumn(context, x[entry]!, top, height);
      else context.fillRect(x[entry]!, top, width, height);
    }
    context.stroke();
  }
  context.globalAlpha = 1;
}
