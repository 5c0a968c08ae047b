import { useCallback, useMemo } from 'react';
import type { EquitySketch } from '../../data/engine-worker-protocol.js';
import { formatChange, formatCompact, formatPrice } from '../../format/number.js';
import { formatDateTime } from '../../format/time.js';
import { CanvasPlot, type PlotSurface } from './canvas-plot.js';

/** Shares of the height for the drawdown below the curve, and for the exposure below that. */
const DRAWDOWN_SHARE = 0.26;
const EXPOSURE_SHARE = 0.2;
const AXIS_PX = 60;
const TOP_PX = 22;
/** Dates below the drawdown, and the room that one of them takes. */
const FOOT_PX = 20;
const DATE_PX = 150;
const STEPS = [1, 2, 5, 10];

/** Round values between two ends, four or so. */
function ticksBetween(low: number, high: number): number[] {
  const rough = (high - low) / 4;
  if (!(rough > 0)) return [low];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * (STEPS.find((candidate) => candidate * power >= rough) ?? 10);
  const ticks: number[] = [];
  for (let tick = Math.ceil(low / step) * step; tick <= high; tick += step) ticks.push(tick);
  return ticks;
}

/** Dates along the foot, as many as fit; with the hour where days alone would repeat. */
function paintDates({ context, height, theme }: PlotSurface, timesMs: Float64Array, zone: string, width: number): void {
  const count = timesMs.length;
  const parts = Math.max(1, Math.floor(width / DATE_PX));
  const isLong = timesMs[count - 1]! - timesMs[0]! > parts * 2 * 86_400_000;
  context.fillStyle = theme.muted;
  context.strokeStyle = theme.border;
  context.beginPath();
  context.moveTo(0, height - FOOT_PX + 0.5);
  context.lineTo(width, height - FOOT_PX + 0.5);
  for (let part = 0; part < parts; part++) {
    const at = Math.round((part / parts) * (count - 1));
    const x = Math.round((part / parts) * width) + 0.5;
    const date = formatDateTime(timesMs[at]!, zone);
    context.moveTo(x, height - FOOT_PX);
    context.lineTo(x, height - FOOT_PX + 5);
    context.fillText(isLong ? date.slice(0, 10) : date.slice(5), x + 4, height - FOOT_PX / 2 + 1);
  }
  context.stroke();
}

/** Which line is which, at the top right. */
function paintKey({ context, theme }: PlotSurface, width: number): void {
  const y = TOP_PX / 2 + 0.5;
  let x = width - 200;
  for (const [word, color, dash] of [
    ['equity', theme.accent, []],
    ['buy and hold', theme.muted, [4, 4]],
  ] as const) {
    context.strokeStyle = color;
    context.setLineDash([...dash]);
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(x + 20, y);
    context.stroke();
    context.fillStyle = theme.muted;
    context.fillText(word, x + 26, y);
    x += 26 + context.measureText(word).width + 18;
  }
  context.setLineDash([]);
}

const percent = (ratio: number): string => `${(ratio * 100).toFixed(ratio > 0 && ratio < 0.0995 ? 1 : 0)} %`;

/** How much of the equity was in the market: filled to the mean of each stretch, a line at its highest. */
function paintExposure(
  { context, theme }: PlotSurface,
  place: {
    equity: EquitySketch;
    x: (index: number) => number;
    top: number;
    foot: number;
    most: number;
    axis: number;
    /** Of each strategy, stacked from the foot up; empty: all as one. */
    split: readonly ExposureShare[];
  },
): void {
  const { equity, x, top, foot, most, axis, split } = place;
  const { exposureMean, exposureHigh } = equity;
  const count = exposureMean.length;
  const y = (ratio: number): number => foot - (ratio / most) * (foot - top);
  const floor = new Float64Array(count);
  for (const [at, mean] of (split.length === 0 ? [exposureMean] : split.map((one) => one.mean)).entries()) {
    context.fillStyle = split.length === 0 ? theme.muted : colorOf(theme, at);
    context.globalAlpha = split.length === 0 ? 0.45 : 0.75;
    context.beginPath();
    for (let index = 0; index < count; index++) context.lineTo(x(index), y(floor[index]!));
    for (let index = count - 1; index >= 0; index--) {
      floor[index]! += mean[index]!;
      context.lineTo(x(index), y(floor[index]!));
    }
    context.fill();
  }
  context.globalAlpha = 1;
  context.strokeStyle = theme.muted;
  context.beginPath();
  for (let index = 0; index < count; index++) context.lineTo(x(index), y(exposureHigh[index]!));
  context.stroke();
  context.fillStyle = theme.muted;
  context.fillText(percent(most), axis + 6, top + 6);
}

/** The mean exposure of one strategy at each point of the curve. */
interface ExposureShare {
  readonly name: string;
  readonly mean: Float64Array;
}

/** Colours that are told apart in both themes: those of indicators. */
const COLORS = 6;
const colorName = (at: number): string => `plot-${String((at % COLORS) + 1)}`;
const colorOf = (theme: PlotSurface['theme'], at: number): string => theme.color(colorName(at));

/** Which strategy has which colour in the exposure. */
export function ExposureKey({ names }: { names: readonly string[] }) {
  return (
    <ul aria-label="Exposure by strategy" className="flex flex-wrap gap-x-4 gap-y-1 px-3 py-2 text-2xs">
      {names.map((name, at) => (
        <li key={name} className="flex items-center gap-2">
          <span className="size-3" style={{ background: `var(--wick-${colorName(at)})` }} aria-hidden />
          {name}
        </li>
      ))}
    </ul>
  );
}

export interface EquityPlotProps {
  equity: EquitySketch;
  zone: string;
  /** Shows what buying and holding would have made, in the same money. */
  benchmark: boolean;
  /** Shows how much of the equity was in the market. */
  exposure: boolean;
  /** How the exposure divides among strategies. */
  split?: readonly ExposureShare[];
  className?: string;
}

const NO_SPLIT: readonly ExposureShare[] = [];

/** Equity over time, buy and hold beside it; below them how far under its peak it was, and how much was at stake. */
export function EquityPlot({ equity, zone, benchmark, exposure, split = NO_SPLIT, className }: EquityPlotProps) {
  const { timesMs, low, high, last, drawdownRatio } = equity;
  const count = timesMs.length;
  const range = useMemo(() => {
    let [min, max, deepest, most] = [Infinity, -Infinity, 0, 0];
    for (let index = 0; index < count; index++) {
      min = Math.min(min, low[index]!);
      max = Math.max(max, high[index]!);
      deepest = Math.max(deepest, drawdownRatio[index]!);
      most = Math.max(most, equity.exposureHigh[index]!);
      if (!benchmark) continue;
      const other = equity.benchmark[index]!;
      if (other < min) min = other;
      if (other > max) max = other;
    }
    const pad = (max - min || Math.abs(max) || 1) * 0.04;
    return { min: min - pad, max: max + pad, deepest: Math.max(deepest, 0.001), most: Math.max(most, 0.01) };
  }, [equity, benchmark, count, low, high, drawdownRatio]);

  const paint = useCallback(
    (surface: PlotSurface) => {
      const { context, width, height, theme, cursor } = surface;
      if (count === 0) return;
      const plotWidth = width - AXIS_PX;
      const foot = height - FOOT_PX;
      // From the bottom up: dates, exposure, drawdown, and the curve has the rest.
      const shore = exposure ? Math.round(foot * (1 - EXPOSURE_SHARE)) : foot;
      const floor = Math.round(shore * (1 - DRAWDOWN_SHARE));
      const x = (index: number): number => (count === 1 ? 0 : (index / (count - 1)) * plotWidth);
      const y = (value: number): number => floor - ((value - range.min) / (range.max - range.min)) * (floor - TOP_PX);
      const depth = (ratio: number): number => floor + 8 + (ratio / range.deepest) * (shore - floor - 14);
      context.font = `11px ${theme.fontFamily}`;
      context.textBaseline = 'middle';
      context.lineWidth = 1;
      for (const tick of ticksBetween(range.min, range.max)) {
        const at = Math.round(y(tick)) + 0.5;
        context.strokeStyle = theme.grid;
        context.beginPath();
        context.moveTo(0, at);
        context.lineTo(plotWidth, at);
        context.stroke();
        context.fillStyle = theme.muted;
        context.fillText(formatCompact(tick), plotWidth + 6, at);
      }
      context.strokeStyle = theme.border;
      context.beginPath();
      for (const line of exposure ? [floor + 4.5, shore + 0.5] : [floor + 4.5]) {
        context.moveTo(0, line);
        context.lineTo(width, line);
      }
      context.stroke();
      context.fillStyle = theme.muted;
      context.fillText(`−${(range.deepest * 100).toFixed(1)}%`, plotWidth + 6, shore - 10);
      paintDates(surface, equity.timesMs, zone, plotWidth);
      if (benchmark) paintKey(surface, plotWidth);

      // Drawdown hangs from its line.
      context.fillStyle = theme.down;
      context.globalAlpha = 0.55;
      context.beginPath();
      context.moveTo(0, depth(0));
      for (let index = 0; index < count; index++) context.lineTo(x(index), depth(drawdownRatio[index]!));
      context.lineTo(x(count - 1), depth(0));
      context.fill();
      context.globalAlpha = 1;
      if (exposure)
        paintExposure(surface, { equity, x, top: shore + 6, foot, most: range.most, axis: plotWidth, split });

      if (benchmark) {
        context.strokeStyle = theme.muted;
        context.setLineDash([4, 4]);
        context.beginPath();
        for (let index = 0; index < count; index++) {
          const value = equity.benchmark[index]!;
          if (Number.isFinite(value)) context.lineTo(x(index), y(value));
        }
        context.stroke();
        context.setLineDash([]);
      }
      // Each stretch from its lowest to its highest value, then its last: no peak is lost between pixels.
      context.strokeStyle = theme.accent;
      context.lineWidth = 1.75;
      context.lineJoin = 'round';
      context.beginPath();
      for (let index = 0; index < count; index++) {
        context.lineTo(x(index), y(low[index]!));
        context.lineTo(x(index), y(high[index]!));
        context.lineTo(x(index), y(last[index]!));
      }
      context.stroke();
      if (cursor === null) return;
      context.strokeStyle = theme.crosshair;
      context.lineWidth = 1;
      const at = Math.round(x(cursor)) + 0.5;
      context.beginPath();
      context.moveTo(at, 0);
      context.lineTo(at, height);
      context.stroke();
      context.fillStyle = theme.accent;
      context.fillRect(at - 4, y(last[cursor]!) - 4, 8, 8);
    },
    [benchmark, count, drawdownRatio, equity, exposure, high, last, low, range, split, zone],
  );

  const shares = (index: number): string =>
    split.length === 0 ? '' : ` (${split.map(({ name, mean }) => `${name} ${percent(mean[index]!)}`).join(', ')})`;
  const describe = (index: number): string =>
    `${formatDateTime(timesMs[index]!, zone)} · equity ${formatPrice(last[index]!, 2)} · drawdown ${formatChange(-drawdownRatio[index]!)}${exposure ? ` · exposed ${percent(equity.exposureMean[index]!)}${shares(index)}` : ''}`;
  return (
    <CanvasPlot
      label={exposure ? 'Equity, drawdown and exposure' : 'Equity and drawdown'}
      count={count}
      paint={paint}
      pointAt={(x, _y, { width }) =>
        count === 0 ? null : Math.min(count - 1, Math.max(0, Math.round((x / (width - AXIS_PX)) * (count - 1))))
      }
      describe={describe}
      {...(className === undefined ? {} : { className })}
    />
  );
}
