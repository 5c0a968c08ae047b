import type { OverlayFrame } from '../view/overlay-frame.js';
import { dashedRow } from './lines.js';
import { fontOf, type ChartTheme } from './theme.js';

/** Paints the last price and the crosshair onto a transparent canvas; the caller has cleared it. */
export function paintOverlay(context: CanvasRenderingContext2D, frame: OverlayFrame, theme: ChartTheme): void {
  context.font = fontOf(theme, frame.size.dpr);
  context.textBaseline = 'middle';
  drawLastPrice(context, frame, theme);
  drawCrosshair(context, frame, theme);
}

function drawLastPrice(context: CanvasRenderingContext2D, frame: OverlayFrame, theme: ChartTheme): void {
  const { lastPrice, size } = frame;
  if (!lastPrice?.inSight) return;
  const { dpr } = size;
  const color = lastPrice.rising ? theme.up : theme.down;
  const right = Math.round(size.plotWidth * dpr);
  dashedRow(context, { color, y: lastPrice.y, ...dashes(dpr, 2), fromX: 0, toX: right });
  const rowHeight = Math.round(17 * dpr);
  const rows = lastPrice.countdown === null ? 1 : 2;
  const lowest = lastPrice.bottom - rowHeight * rows;
  const top = Math.max(0, Math.min(lowest, lastPrice.y - Math.round(rowHeight / 2)));
  const width = Math.ceil(size.width * dpr) - right;
  const half = Math.round(8 * dpr);
  context.fillStyle = theme.background;
  for (const y of lastPrice.tickYs) {
    const isCovered = y > top - half && y < top + rowHeight * rows + half;
    if (isCovered) context.fillRect(right + Math.round(dpr), y - half, width, half * 2);
  }
  context.fillStyle = color;
  context.fillRect(right, top, width, rowHeight * rows);
  context.fillStyle = lastPrice.rising ? theme.upInk : theme.downInk;
  context.textAlign = 'left';
  context.font = fontOf(theme, dpr, 700);
  context.fillText(lastPrice.label, right + Math.round(9 * dpr), top + Math.round(rowHeight / 2) + 1);
  context.font = fontOf(theme, dpr);
  if (lastPrice.countdown !== null) {
    context.fillText(lastPrice.countdown, right + Math.round(9 * dpr), top + Math.round(rowHeight * 1.45));
  }
}

function drawCrosshair(context: CanvasRenderingContext2D, frame: OverlayFrame, theme: ChartTheme): void {
  const { crosshair, size } = frame;
  if (!crosshair) return;
  const { dpr } = size;
  const { x, y } = crosshair;
  const right = Math.round(size.plotWidth * dpr);
  const bottom = Math.round(size.plotHeight * dpr);
  const { width, dash } = dashes(dpr, 3);
  dashedRow(context, { color: theme.crosshair, y, width, dash, fromX: 0, toX: right });
  context.fillStyle = theme.crosshair;
  for (let top = 0; top < bottom; top += dash * 2) context.fillRect(x, top, width, dash);

  const rowHeight = Math.round(19 * dpr);
  const labelTop = Math.max(0, Math.min(bottom - rowHeight, y - Math.round(rowHeight / 2)));
  context.fillRect(right, labelTop, Math.ceil(size.width * dpr) - right, rowHeight);
  const timeWidth = Math.round((crosshair.timeLabel.length * 6.7 + 14) * dpr);
  const timeLeft = Math.max(0, Math.min(right - timeWidth, x - Math.round(timeWidth / 2)));
  context.fillRect(timeLeft, bottom, timeWidth, Math.ceil(size.height * dpr) - bottom);
  context.fillStyle = theme.background;
  context.textAlign = 'left';
  context.fillText(crosshair.valueLabel, right + Math.round(9 * dpr), labelTop + Math.round(rowHeight / 2) + 1);
  context.textAlign = 'center';
  context.fillText(crosshair.timeLabel, timeLeft + Math.round(timeWidth / 2), bottom + Math.round(14 * dpr));
}

const dashes = (dpr: number, dashPx: number): { width: number; dash: number } => ({
  width: Math.max(1, Math.floor(dpr)),
  dash: Math.max(1, Math.round(dashPx * dpr)),
});
