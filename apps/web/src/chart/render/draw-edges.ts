import type { ChartFrame } from '../view/chart-frame.js';
import { fontOf, type ChartTheme } from './theme.js';

/** Above so many marks a full-height hatch would bury the candles: ticks along the lower edge instead. */
const FULL_HEIGHT_MAX = 12;
const LABEL_ROOM_PX = 90;

/** Hatched strips where the exchange itself lacks candles, with the number missing where there is room. */
export function drawGaps(context: CanvasRenderingContext2D, frame: ChartFrame, theme: ChartTheme): void {
  const { gaps, size } = frame;
  if (gaps.length === 0) return;
  const { dpr } = size;
  const height = Math.round(size.plotHeight * dpr);
  if (gaps.length > FULL_HEIGHT_MAX) {
    context.fillStyle = theme.muted;
    const tick = Math.round(6 * dpr);
    const bottom = frame.panes[0]?.height ?? height;
    for (const { x } of gaps) context.fillRect(x, bottom - tick, Math.max(1, Math.round(dpr)), tick);
    return;
  }
  context.font = fontOf(theme, dpr);
  context.textBaseline = 'middle';
  context.textAlign = 'center';
  for (const { x, width } of gaps) hatch(context, { x: x - (width >> 1), y: 0, width, height }, theme, dpr);
  const baseline = (frame.panes[0]?.height ?? height) - Math.round(12 * dpr);
  let freeFrom = -Infinity;
  for (const { x, missing } of gaps) {
    if (x - freeFrom < (LABEL_ROOM_PX * dpr) / 2) continue;
    const label = `${missing} MISSING`;
    const reach = Math.round((label.length * 3.5 + 4) * dpr);
    context.fillStyle = theme.background;
    context.fillRect(x - reach, baseline - Math.round(8 * dpr), reach * 2, Math.round(16 * dpr));
    context.fillStyle = theme.muted;
    context.fillText(label, x, baseline);
    freeFrom = x + (LABEL_ROOM_PX * dpr) / 2;
  }
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function hatch(context: CanvasRenderingContext2D, box: Box, theme: ChartTheme, dpr: number): void {
  context.save();
  context.beginPath();
  context.rect(box.x, box.y, box.width, box.height);
  context.clip();
  context.strokeStyle = theme.muted;
  context.globalAlpha = 0.7;
  context.lineWidth = Math.max(1, Math.round(dpr));
  context.beginPath();
  const step = Math.round(6 * dpr);
  for (let y = box.y - box.width; y < box.y + box.height; y += step) {
    context.moveTo(box.x, y + box.width);
    context.lineTo(box.x + box.width, y);
  }
  context.stroke();
  context.restore();
}

const HISTORY_TEXT = {
  more: 'MORE HISTORY',
  loading: 'LOADING HISTORY …',
  complete: 'BEGINNING OF HISTORY',
} as const;

/** What lies left of the first candle: hatched with a text while candles are missing there, a line at their beginning. */
export function drawHistoryEdge(context: CanvasRenderingContext2D, frame: ChartFrame, theme: ChartTheme): void {
  const { historyEdge, size, fromX } = frame;
  if (!historyEdge || fromX > 0) return;
  const { dpr } = size;
  const { x, state } = historyEdge;
  const height = Math.round(size.plotHeight * dpr);
  if (state === 'loading') hatch(context, { x: Math.max(0, x - 24 * dpr), y: 0, width: 24 * dpr, height }, theme, dpr);
  context.fillStyle = theme.foreground;
  context.fillRect(x - Math.round(dpr), 0, Math.max(1, Math.round(dpr * 2)), height);
  context.save();
  context.font = fontOf(theme, dpr, 700);
  context.textBaseline = 'middle';
  context.textAlign = 'center';
  context.translate(x - Math.round((state === 'loading' ? 36 : 14) * dpr), Math.round(height * 0.4));
  context.rotate(-Math.PI / 2);
  context.fillStyle = state === 'complete' ? theme.foreground : theme.muted;
  context.fillText(HISTORY_TEXT[state], 0, 0);
  context.restore();
}
