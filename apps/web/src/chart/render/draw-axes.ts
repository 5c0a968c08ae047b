import type { ChartFrame } from '../view/chart-frame.js';
import { fontOf, type ChartTheme } from './theme.js';

/** Price labels right of each pane, time labels below, and the lines between them. */
export function drawAxes(context: CanvasRenderingContext2D, frame: ChartFrame, theme: ChartTheme): void {
  const { size, panes, timeMarks } = frame;
  const { dpr } = size;
  const right = Math.round(size.plotWidth * dpr);
  const bottom = Math.round(size.plotHeight * dpr);
  const width = Math.ceil(size.width * dpr);
  const line = Math.max(1, Math.round(dpr));
  context.fillStyle = theme.border;
  context.fillRect(right, 0, line, bottom);
  context.fillRect(0, bottom, width, line);
  drawPaneLines(context, frame, width);

  context.font = fontOf(theme, dpr);
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  context.fillStyle = theme.muted;
  const half = 7 * dpr;
  for (const { ticks, top, height } of panes) {
    for (const { y, label } of ticks) {
      const middle = Math.round(y * dpr);
      if (middle - half < top || middle + half > top + height) continue;
      context.fillRect(right, middle, Math.round(5 * dpr), line);
      context.fillText(label, right + Math.round(9 * dpr), middle + line);
    }
  }
  drawTimeLabels(context, { timeMarks, right, bottom, line, dpr }, theme);
}

/** The lines above the panes, right of the frame's left edge up to `to`. */
export function drawPaneLines(context: CanvasRenderingContext2D, frame: ChartFrame, to: number): void {
  const line = Math.max(1, Math.round(frame.size.dpr));
  for (const { top } of frame.panes) if (top > 0) context.fillRect(frame.fromX, top, to - frame.fromX, line);
}

function drawTimeLabels(
  context: CanvasRenderingContext2D,
  place: {
    timeMarks: ChartFrame['timeMarks'];
    right: number;
    bottom: number;
    line: number;
    dpr: number;
  },
  theme: ChartTheme,
): void {
  const { timeMarks, right, bottom, line, dpr } = place;
  const middle = bottom + Math.round(14 * dpr);
  context.textAlign = 'center';
  for (const isMajor of [false, true]) {
    context.font = fontOf(theme, dpr, isMajor ? 700 : 400);
    context.fillStyle = isMajor ? theme.foreground : theme.muted;
    for (const { x, label, major } of timeMarks) {
      const reach = label.length * 3.5 * dpr;
      if (major !== isMajor || x - reach < 0 || x + reach > right) continue;
      context.fillRect(x, bottom, line, Math.round(5 * dpr));
      context.fillText(label, x, middle);
    }
  }
  context.textAlign = 'left';
}
