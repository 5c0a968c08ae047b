import { Candles, rowAt, type CandleColumns } from './candle-columns.js';
import type { CandleRow } from './candle.js';
import { openTimeAt, type Timeframe } from './timeframe.js';

/** `wide` extended by `narrow`, which opens inside it: first open, extremes, last close, summed volume. */
export const mergeInto = (wide: CandleRow, narrow: CandleRow): CandleRow => [
  wide[0],
  wide[1],
  Math.max(wide[2], narrow[2]),
  Math.min(wide[3], narrow[3]),
  narrow[4],
  wide[5] + narrow[5],
];

/**
 * Candles of `timeframe` built from narrower ones that tile it. A wide candle exists when at least one
 * narrow candle lies in it; the last one may be unfinished, which only the caller's clock can tell.
 */
export function resample(candles: CandleColumns, timeframe: Timeframe): Candles {
  const wide = new Candles(Math.max(1, Math.ceil(candles.length / 4)));
  let current: CandleRow | undefined;
  for (let index = 0; index < candles.length; index++) {
    const row = rowAt(candles, index);
    const openTimeMs = openTimeAt(timeframe, row[0]);
    if (current?.[0] === openTimeMs) {
      current = mergeInto(current, row);
    } else {
      if (current) wide.push(current);
      current = [openTimeMs, row[1], row[2], row[3], row[4], row[5]];
    }
  }
  if (current) wide.push(current);
  return wide;
}
