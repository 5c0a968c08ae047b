import { lowerBound, type CandleColumns, type Timeframe } from '@wickworks/core';
import { openTimeOf, ordinalOf } from '../codec/time-runs.js';

/** Candles of one chunk at most: two weeks of minutes. */
export const WINDOW_CANDLES = 20_160;

/** Number of the window that holds the candle opening at `openTimeMs`: fixed by the calendar, whatever is stored. */
export const windowOf = (timeframe: Timeframe, openTimeMs: number): number =>
  Math.floor(ordinalOf(timeframe, openTimeMs) / WINDOW_CANDLES);

/** One window's share of some columns: indices `[from, to)`. */
export interface WindowPart {
  readonly window: number;
  readonly from: number;
  readonly to: number;
}

/** Cuts ascending candles where windows meet. */
export function windowParts(candles: CandleColumns, timeframe: Timeframe): WindowPart[] {
  const parts: WindowPart[] = [];
  for (let from = 0; from < candles.length;) {
    const window = windowOf(timeframe, candles.time[from]!);
    const to = lowerBound(candles, openTimeOf(timeframe, (window + 1) * WINDOW_CANDLES));
    parts.push({ window, from, to });
    from = to;
  }
  return parts;
}
