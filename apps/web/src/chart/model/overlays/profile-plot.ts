import { lowerBound } from '@wickworks/core';
import { PRICE_PANE } from '../pane-stack.js';
import type { Box, BoxesPlot, BoxesView, PlotNote } from '../plot-series.js';
import { ProfileCache, type SplitProfile } from './split-profile.js';

/** How a profile is counted and drawn. */
export interface ProfileLook {
  readonly id: string;
  readonly group: string;
  readonly rows: number;
  /** Of all volume in the value area, 0..1. */
  readonly share: number;
  /** Of the chart's width for the longest row, 0..1. */
  readonly width: number;
  readonly isLeft: boolean;
  readonly colors: { readonly rising: string; readonly falling: string; readonly poc: string };
  /** CSS pixels. */
  readonly lineWidthPx: number;
  /** Open times counted, `[fromMs, toMs)`; null for what is in sight. */
  readonly range: { readonly fromMs: number; readonly toMs: number } | null;
}

const IN_VALUE_AREA = 0.5;
const OUTSIDE = 0.2;

/** Volume by price as rows from an edge of the price pane, behind the candles. */
export class ProfilePlot implements BoxesPlot {
  readonly kind = 'boxes';
  readonly version = 0;
  readonly label = '';
  readonly pane = PRICE_PANE;
  readonly id: string;
  readonly group: string;
  readonly color: string;
  notes: readonly PlotNote[] = [];
  readonly #look: ProfileLook;
  readonly #cache = new ProfileCache();

  constructor(look: ProfileLook) {
    this.#look = look;
    ({ id: this.id, group: this.group } = look);
    this.color = look.colors.poc;
  }

  lay(view: BoxesView): Box[] {
    const { source } = view;
    const { candles } = source;
    const { range, rows, share } = this.#look;
    const first = range ? lowerBound(candles, range.fromMs) : view.first;
    const end = range ? lowerBound(candles, range.toMs) : view.end;
    const split = this.#cache.of(source, { first, end, rows, share });
    const isTraded = split !== null && split.profile.volumes.some((volume) => volume > 0);
    const isPartial =
      range !== null && source.history !== 'complete' && candles.length > 0 && range.fromMs < candles.time[0]!;
    this.notes = [
      ...(isTraded
        ? [
            { label: 'POC', value: split.profile.pointOfControl },
            { label: 'VAH', value: split.profile.valueAreaHigh },
            { label: 'VAL', value: split.profile.valueAreaLow },
          ]
        : [{ label: split ? 'no volume' : 'no candles', value: null }]),
      ...(isPartial
        ? [{ label: `older candles not loaded, counted from ${minuteOf(candles.time[0]!)}`, value: null }]
        : []),
    ];
    return isTraded ? [...this.#edges(view, first, end), ...this.#rows(view, split)] : [];
  }

  #rows({ y, toX, dpr }: BoxesView, { profile, rising }: SplitProfile): Box[] {
    const { colors, width, isLeft, lineWidthPx } = this.#look;
    const { low, rowSize, volumes, valueAreaHigh, valueAreaLow, pointOfControl } = profile;
    const longest = toX * width;
    const heaviest = volumes.reduce((most, volume) => Math.max(most, volume), 0);
    const place = (from: number, to: number): { x: number; width: number } => {
      const [near, far] = [Math.round(from), Math.round(to)];
      return { x: isLeft ? near : toX - far, width: far - near };
    };
    const boxes: Box[] = [];
    for (const [row, volume] of volumes.entries()) {
      const top = Math.round(y(low + (row + 1) * rowSize));
      // A pixel between rows while there is room for it.
      const span = Math.round(y(low + row * rowSize)) - top;
      const height = Math.max(1, span > 3 * dpr ? span - Math.max(1, Math.floor(dpr)) : span);
      const middle = low + (row + 0.5) * rowSize;
      const opacity = middle >= valueAreaLow && middle <= valueAreaHigh ? IN_VALUE_AREA : OUTSIDE;
      const border = (longest * rising[row]!) / heaviest;
      const end = (longest * volume) / heaviest;
      boxes.push({ ...place(0, border), y: top, height, color: colors.rising, opacity });
      boxes.push({ ...place(border, end), y: top, height, color: colors.falling, opacity });
    }
    const thickness = Math.max(1, Math.round(lineWidthPx * dpr));
    const middle = Math.round(y(pointOfControl)) - (thickness >> 1);
    boxes.push({ x: 0, width: toX, y: middle, height: thickness, color: colors.poc, opacity: 0.9 });
    return boxes;
  }

  /** Where a fixed stretch begins and ends, as thin lines. */
  #edges({ x, top, height, dpr }: BoxesView, first: number, end: number): Box[] {
    if (!this.#look.range) return [];
    const ends = this.#look.range.toMs === Infinity ? [first] : [first, end];
    const width = Math.max(1, Math.floor(dpr));
    return ends.map((index) => ({ x: Math.round(x(index)), width, y: top, height, color: this.color, opacity: 0.5 }));
  }
}

/** `2024-05-01 13:30Z`. */
export const minuteOf = (timeMs: number): string => `${new Date(timeMs).toISOString().slice(0, 16).replace('T', ' ')}Z`;
