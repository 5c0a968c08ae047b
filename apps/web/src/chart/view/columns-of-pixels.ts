import { FANOUT } from '../model/min-max-pyramid.js';
import type { Viewport } from '../model/viewport.js';

/** The horizontal mapping of one frame in device pixels: candle `i` has its middle at `(i + 0.5 - left) * spacing`. */
export interface PixelColumns {
  /** Device pixels per candle. */
  readonly spacing: number;
  readonly left: number;
  /** Device pixels drawn: `[fromX, toX)`. */
  readonly fromX: number;
  readonly toX: number;
  /** Several candles share a pixel: each pixel column shows the extremes of its candles. */
  readonly aggregated: boolean;
  /** Pixel columns begin at multiples of so many candles (1, 8, 64 …). */
  readonly block: number;
}

/** Candles per pixel from which a column's border may move by a block: less than a quarter of a pixel. */
const BLOCKS_PER_PIXEL_MIN = 4;

/** Largest block of the min/max pyramid that is small beside a pixel column: whole blocks spare reading single candles. */
function blockOf(candlesPerPixel: number): number {
  let block = 1;
  while (block * FANOUT * BLOCKS_PER_PIXEL_MIN <= candlesPerPixel) block *= FANOUT;
  return block;
}

/** Columns of a frame; `fromX` limits it to the right part when only the newest candles changed. */
export function pixelColumns(viewport: Viewport, dpr: number, toX: number, fromX = 0): PixelColumns {
  const spacing = viewport.spacing * dpr;
  return {
    spacing,
    left: viewport.right - toX / spacing,
    fromX,
    toX,
    aggregated: spacing < 1,
    block: blockOf(1 / spacing),
  };
}

/** First candle whose middle lies in pixel column `x` or right of it: every candle belongs to exactly one column. */
export const columnStart = (columns: PixelColumns, x: number): number =>
  Math.ceil((columns.left + x / columns.spacing - 0.5) / columns.block) * columns.block;

/** Middle of candle `index`, device pixels. */
export const middleOf = (columns: PixelColumns, index: number): number =>
  (index + 0.5 - columns.left) * columns.spacing;
