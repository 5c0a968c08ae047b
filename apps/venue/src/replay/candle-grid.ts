import { MS_PER_DAY, assert, timeframeMs, type Timeframe } from '@wickworks/core';
import type { CandleFile } from './candle-file.js';

/** `volume` of a slot for which the source has no candle. */
export const HOLE = -1;

/** Candles on an even grid of slots: slot `i` opens at `firstMs + i × slotMs`; prices in ticks, volume in steps. */
export interface CandleGrid {
  readonly timeframe: Timeframe;
  readonly slotMs: number;
  /** Open time of slot 0 in the source, ms UTC. */
  readonly firstMs: number;
  readonly slots: number;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  /** {@link HOLE} where the source has no candle. */
  readonly volume: Float64Array;
  readonly priceDecimals: number;
  readonly quantityDecimals: number;
  /** Mean volume of the slots that traded, in steps. */
  readonly typicalVolume: number;
}

export interface GridOptions {
  readonly timeframe: Timeframe;
  readonly priceDecimals: number;
  readonly quantityDecimals: number;
  /** Holes up to this long become flat candles without volume, ms. */
  readonly fillHolesUpToMs: number;
  /** Cut the end so that the grid spans whole days (when it is longer than one) and can repeat at the same hour. */
  readonly wholeDays: boolean;
}

/** How many slots `count` slots leave once the tail that fills no whole day is cut off. */
export function wholeDaySlots(count: number, slotMs: number): number {
  const perDay = MS_PER_DAY / slotMs;
  return count > perDay ? Math.floor(count / perDay) * perDay : count;
}

/** Lays the candles of a file on a grid. */
export function buildGrid(file: CandleFile, options: GridOptions): CandleGrid {
  const { candles } = file;
  const slotMs = timeframeMs(options.timeframe);
  const firstMs = candles.time[0]!;
  const allSlots = (candles.time[candles.length - 1]! - firstMs) / slotMs + 1;
  assert(Number.isInteger(allSlots), 'candle times are aligned');
  const priceScale = 10 ** options.priceDecimals;
  const quantityScale = 10 ** options.quantityDecimals;
  const open = new Float64Array(allSlots);
  const high = new Float64Array(allSlots);
  const low = new Float64Array(allSlots);
  const close = new Float64Array(allSlots);
  const volume = new Float64Array(allSlots).fill(HOLE);
  let traded = 0;
  let volumeSum = 0;
  let previous = 0;
  for (let index = 0; index < candles.length; index++) {
    const slot = (candles.time[index]! - firstMs) / slotMs;
    if (slot - previous > 1 && (slot - previous - 1) * slotMs <= options.fillHolesUpToMs) {
      for (let hole = previous + 1; hole < slot; hole++) {
        open[hole] = high[hole] = low[hole] = close[hole] = close[previous]!;
        volume[hole] = 0;
      }
    }
    open[slot] = Math.round(candles.open[index]! * priceScale);
    high[slot] = Math.round(candles.high[index]! * priceScale);
    low[slot] = Math.round(candles.low[index]! * priceScale);
    close[slot] = Math.round(candles.close[index]! * priceScale);
    volume[slot] = Math.round(candles.volume[index]! * quantityScale);
    if (volume[slot] > 0) {
      traded++;
      volumeSum += volume[slot];
    }
    previous = slot;
  }
  return {
    timeframe: options.timeframe,
    slotMs,
    firstMs,
    slots: options.wholeDays ? wholeDaySlots(allSlots, slotMs) : allSlots,
    open,
    high,
    low,
    close,
    volume,
    priceDecimals: options.priceDecimals,
    quantityDecimals: options.quantityDecimals,
    typicalVolume: traded === 0 ? 1 : volumeSum / traded,
  };
}
