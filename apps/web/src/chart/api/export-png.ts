import { assert } from '@wickworks/core';
import type { ChartModel } from '../model/chart-model.js';
import { formatTime } from '../model/time-ticks.js';
import { offsetLabel } from '../model/time-zone.js';
import { paintChart } from '../render/paint-chart.js';
import { paintOverlay } from '../render/paint-overlay.js';
import { fontOf, type ChartTheme } from '../render/theme.js';
import { FrameBuilder } from '../view/chart-frame.js';
import type { ChartSize } from '../view/chart-size.js';
import { legendEntries } from '../view/legend-entries.js';
import { overlayFrame } from '../view/overlay-frame.js';

/** Of a header of one line; each further line adds {@link LINE_PX}. */
const HEADER_PX = 26;
const LINE_PX = 18;
/** Of each line of the footer. */
const FOOTER_PX = 24;
const MARGIN_PX = 9;

/** The chart as a PNG without crosshair: legend above, range and attribution below; greyed and labelled when stale. */
export function exportPng(model: ChartModel, size: ChartSize, theme: ChartTheme): Promise<Blob> {
  const { dpr } = size;
  const picture = newCanvas(Math.ceil(size.width * dpr), Math.ceil(size.height * dpr));
  const layer = newCanvas(picture.canvas.width, picture.canvas.height);
  const frame = new FrameBuilder().build(model, size);
  paintChart(picture, frame, theme);
  paintOverlay(layer, { ...overlayFrame(model, size, frame.panes[0]?.ticks), crosshair: null }, theme);
  picture.drawImage(layer.canvas, 0, 0);

  // What a replay shows must be said: side by side where there is room, below each other on phones.
  layer.font = fontOf(theme, dpr);
  const both = layer.measureText(rangeText(model) + model.options.attribution).width;
  const lines = both + 4 * MARGIN_PX * dpr > picture.canvas.width ? 2 : 1;
  layer.font = fontOf(theme, dpr, 700);
  const legend = wrapped(layer, legendOf(model), picture.canvas.width - 2 * MARGIN_PX * dpr);
  const top = Math.round((HEADER_PX + (legend.length - 1) * LINE_PX) * dpr);
  const sheet = newCanvas(picture.canvas.width, picture.canvas.height + top + Math.round(lines * FOOTER_PX * dpr));
  sheet.fillStyle = theme.background;
  sheet.fillRect(0, 0, sheet.canvas.width, sheet.canvas.height);
  const { staleLabel } = model.options;
  if (staleLabel !== null) sheet.filter = 'grayscale(1) opacity(0.5)';
  sheet.drawImage(picture.canvas, 0, top);
  sheet.filter = 'none';
  writeLines(sheet, model, theme, { dpr, lines, legend, header: top });
  if (staleLabel !== null) stamp(sheet, staleLabel, theme, dpr);
  return new Promise((resolve, reject) => {
    sheet.canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new Error('The browser could not encode the picture.'));
    }, 'image/png');
  });
}

function newCanvas(width: number, height: number): CanvasRenderingContext2D {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  assert(context, 'the browser offers a 2d canvas');
  return context;
}

/** The candle's line as it reads without a crosshair, part by part, and the names of the indicators in sight. */
function legendOf(model: ChartModel): string[] {
  const { cursor } = model;
  model.cursor = null;
  const price = model.stack.panes[0];
  const parts = price ? legendEntries(model, price).map(({ label, value }) => `${label} ${value}`.trim()) : [];
  model.cursor = cursor;
  return [...parts, ...model.options.groups.filter(({ hidden }) => !hidden).map(({ title }) => title)];
}

/** `parts` on as many lines of `roomPx` as they need, at least one; a part wider than that gets a line of its own. */
function wrapped(sheet: CanvasRenderingContext2D, parts: readonly string[], roomPx: number): string[] {
  const lines: string[] = [''];
  for (const part of parts) {
    const line = lines[lines.length - 1] ?? '';
    const longer = line === '' ? part : `${line}   ${part}`;
    if (line !== '' && sheet.measureText(longer).width > roomPx) lines.push(part);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

function writeLines(
  sheet: CanvasRenderingContext2D,
  model: ChartModel,
  theme: ChartTheme,
  { dpr, lines, legend, header }: { dpr: number; lines: 1 | 2; legend: readonly string[]; header: number },
): void {
  const { width, height } = sheet.canvas;
  const line = Math.max(1, Math.round(dpr));
  const footer = height - Math.round(lines * FOOTER_PX * dpr);
  const margin = Math.round(MARGIN_PX * dpr);
  const roomPx = width - 2 * margin;
  sheet.fillStyle = theme.border;
  sheet.fillRect(0, header - line, width, line);
  sheet.fillRect(0, footer, width, line);
  sheet.textBaseline = 'middle';
  sheet.fillStyle = theme.foreground;
  sheet.font = fontOf(theme, dpr, 700);
  for (const [index, text] of legend.entries())
    sheet.fillText(shortened(sheet, text, roomPx), margin, (HEADER_PX / 2 + index * LINE_PX) * dpr);
  sheet.font = fontOf(theme, dpr);
  sheet.fillStyle = theme.muted;
  const middle = footer + Math.round((FOOTER_PX / 2) * dpr);
  sheet.fillText(rangeText(model), margin, middle);
  const attribution = shortened(sheet, model.options.attribution, roomPx);
  const x = lines === 1 ? width - margin - sheet.measureText(attribution).width : margin;
  sheet.fillText(attribution, x, height - Math.round((FOOTER_PX / 2) * dpr));
}

/** As much of the beginning of `text` as fits. */
function shortened(sheet: CanvasRenderingContext2D, text: string, roomPx: number): string {
  if (sheet.measureText(text).width <= roomPx) return text;
  let { length } = text;
  while (length > 0 && sheet.measureText(`${text.slice(0, length)}…`).width > roomPx) length--;
  return length === 0 ? '' : `${text.slice(0, length).trimEnd()}…`;
}

function rangeText(model: ChartModel): string {
  const range = model.visibleRange();
  if (!range) return '';
  const text = (timeMs: number): string => formatTime(timeMs, model.candleMs, model.zone);
  return `${text(range.fromMs)} to ${text(range.toMs)} ${offsetLabel(model.zone, range.toMs)}`;
}

function stamp(sheet: CanvasRenderingContext2D, label: string, theme: ChartTheme, dpr: number): void {
  sheet.font = fontOf(theme, dpr * 1.4, 700);
  const width = sheet.measureText(label).width + 28 * dpr;
  const x = Math.round((sheet.canvas.width - width) / 2);
  const y = Math.round(sheet.canvas.height / 2);
  sheet.fillStyle = theme.background;
  sheet.fillRect(x, y - 17 * dpr, width, 34 * dpr);
  sheet.strokeStyle = theme.foreground;
  sheet.lineWidth = 2 * dpr;
  sheet.strokeRect(x, y - 17 * dpr, width, 34 * dpr);
  sheet.fillStyle = theme.foreground;
  sheet.fillText(label, x + 14 * dpr, y + dpr);
}
