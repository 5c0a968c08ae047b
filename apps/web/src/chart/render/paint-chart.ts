import type { ChartFrame, PaneFrame, PlotGeometry } from '../view/chart-frame.js';
import { drawBars, drawCandles } from './draw-candles.js';
import { drawColumns, drawCurve, fillBand, fillToBase } from './draw-curves.js';
import { drawMarkers } from './draw-markers.js';
import { drawAxes, drawPaneLines } from './draw-axes.js';
import { drawGaps, drawHistoryEdge } from './draw-edges.js';
import { dashedRow } from './lines.js';
import type { ChartTheme } from './theme.js';

const AREA_OPACITY = 0.12;
const VOLUME_OPACITY = 0.55;

/**
 * Paints everything below the crosshair. A frame that starts at `fromX > 0` touches only the plot right of it and
 * leaves the axes alone: for ticks that change nothing but the newest candles.
 */
export function paintChart(context: CanvasRenderingContext2D, frame: ChartFrame, theme: ChartTheme): void {
  const { size, fromX } = frame;
  const { dpr } = size;
  const plotRight = Math.round(size.plotWidth * dpr);
  const plotBottom = Math.round(size.plotHeight * dpr);
  context.save();
  context.fillStyle = theme.background;
  if (fromX === 0) context.fillRect(0, 0, Math.ceil(size.width * dpr), Math.ceil(size.height * dpr));
  context.beginPath();
  context.rect(fromX, 0, plotRight - fromX, plotBottom);
  context.clip();
  if (fromX > 0) context.fillRect(fromX, 0, plotRight - fromX, plotBottom);
  drawGrid(context, frame, theme);
  drawGaps(context, frame, theme);
  for (const pane of frame.panes) {
    context.save();
    context.beginPath();
    context.rect(fromX, pane.top, plotRight - fromX, pane.height);
    context.clip();
    paintPane(context, frame, pane, theme);
    context.restore();
  }
  drawHistoryEdge(context, frame, theme);
  context.fillStyle = theme.border;
  drawPaneLines(context, frame, plotRight);
  context.restore();
  if (fromX === 0) drawAxes(context, frame, theme);
}

function drawGrid(context: CanvasRenderingContext2D, frame: ChartFrame, theme: ChartTheme): void {
  const { size, panes, timeMarks, fromX } = frame;
  const line = Math.max(1, Math.floor(size.dpr));
  const right = Math.round(size.plotWidth * size.dpr);
  const bottom = Math.round(size.plotHeight * size.dpr);
  context.fillStyle = theme.grid;
  for (const { x } of timeMarks) if (x >= fromX) context.fillRect(x, 0, line, bottom);
  for (const { ticks } of panes) {
    for (const { y } of ticks) context.fillRect(fromX, Math.round(y * size.dpr), right - fromX, line);
  }
}

function paintPane(context: CanvasRenderingContext2D, frame: ChartFrame, pane: PaneFrame, theme: ChartTheme): void {
  const { dpr } = frame.size;
  const right = Math.round(frame.size.plotWidth * dpr);
  const dash = Math.round(4 * dpr);
  const fromX = frame.fromX - (frame.fromX % (dash * 2));
  for (const y of pane.levels) dashedRow(context, { color: theme.muted, y, width: 1, dash, fromX, toX: right });
  for (const plot of pane.plots) if (isFill(plot)) paintPlot(context, plot, frame, theme);
  if (pane.id === 'volume') {
    drawColumns(context, frame.volume, { first: theme.up, second: theme.down, opacity: VOLUME_OPACITY });
  }
  if (pane.id === 'price') paintSeries(context, frame, pane, theme);
  for (const plot of pane.plots) if (!isFill(plot)) paintPlot(context, plot, frame, theme);
}

const isFill = (plot: PlotGeometry): boolean =>
  plot.kind === 'boxes' || plot.plot.kind === 'band' || plot.plot.kind === 'histogram';

function paintSeries(context: CanvasRenderingContext2D, frame: ChartFrame, pane: PaneFrame, theme: ChartTheme): void {
  const { closes, candles } = frame;
  const width = Math.max(1, Math.round(1.5 * frame.size.dpr));
  const line = { color: theme.accent, width, style: 'solid' as const };
  switch (frame.kind) {
    case 'candles':
    case 'heikin-ashi':
      drawCandles(context, candles, theme, false);
      return;
    case 'hollow':
      drawCandles(context, candles, theme, true);
      return;
    case 'bars':
      drawBars(context, candles, theme);
      return;
    case 'area':
      fillToBase(context, closes, { color: theme.accent, opacity: AREA_OPACITY, baseY: pane.top + pane.height });
      drawCurve(context, closes, line);
      return;
    case 'line':
      drawCurve(context, closes, line);
      return;
    case 'baseline':
      paintBaseline(context, frame, pane, theme, width);
  }
}

/** The same curve twice: in the one colour above the base, in the other below. */
function paintBaseline(
  context: CanvasRenderingContext2D,
  frame: ChartFrame,
  pane: PaneFrame,
  theme: ChartTheme,
  width: number,
): void {
  const { closes, fromX, size } = frame;
  const right = Math.round(size.plotWidth * size.dpr);
  const baseY = Math.min(pane.top + pane.height, Math.max(pane.top, frame.baseY));
  const halves = [
    { color: theme.up, top: pane.top, bottom: baseY },
    { color: theme.down, top: baseY, bottom: pane.top + pane.height },
  ];
  for (const { color, top, bottom } of halves) {
    context.save();
    context.beginPath();
    context.rect(fromX, top, right - fromX, bottom - top);
    context.clip();
    fillToBase(context, closes, { color, opacity: AREA_OPACITY, baseY: frame.baseY });
    drawCurve(context, closes, { color, width, style: 'solid' });
    context.restore();
  }
  context.fillStyle = theme.muted;
  context.fillRect(fromX, frame.baseY, right - fromX, 1);
}

function paintPlot(
  context: CanvasRenderingContext2D,
  geometry: PlotGeometry,
  frame: ChartFrame,
  theme: ChartTheme,
): void {
  const { dpr } = frame.size;
  if (geometry.kind === 'boxes') {
    for (const { x, y, width, height, color, opacity } of geometry.boxes) {
      context.fillStyle = theme.color(color);
      context.globalAlpha = opacity;
      context.fillRect(x, y, width, height);
    }
    context.globalAlpha = 1;
    return;
  }
  const { plot } = geometry;
  const color = theme.color(plot.color);
  if (geometry.kind === 'markers') {
    const negativeColor = theme.color(geometry.plot.negativeColor ?? plot.color);
    drawMarkers(context, geometry.markers, { color, negativeColor, background: theme.background, dpr });
    return;
  }
  if (geometry.kind === 'bars') {
    const negative = plot.kind === 'histogram' ? (plot.negativeColor ?? plot.color) : plot.color;
    drawColumns(context, geometry.bars, { first: color, second: theme.color(negative), opacity: 0.8 });
    return;
  }
  const { curve } = geometry;
  if (plot.kind === 'band') {
    fillBand(context, curve, { color, opacity: plot.opacity ?? AREA_OPACITY });
    return;
  }
  if (plot.kind === 'area') {
    fillToBase(context, curve, { color, opacity: plot.opacity ?? AREA_OPACITY, baseY: geometry.baseY });
  }
  const style = plot.kind === 'line' ? (plot.style ?? 'solid') : 'solid';
  const width = Math.max(1, Math.round((plot.kind === 'line' ? (plot.widthPx ?? 1) : 1) * dpr));
  drawCurve(context, curve, { color, width, style });
}
