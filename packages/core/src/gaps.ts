import type { CandleColumns } from './candle-columns.js';
import type { Gap } from './candle.js';
import { closeTimeOf, type Timeframe } from './timeframe.js';

/** Stretches inside `candles` where open times are missing, as `[fromMs, toMs)`, ascending. */
export function findGaps(candles: CandleColumns, timeframe: Timeframe): Gap[] {
  const gaps: Gap[] = [];
  for (let index = 1; index < candles.length; index++) {
    const expected = closeTimeOf(timeframe, candles.time[index - 1]!);
    if (candles.time[index]! > expected) gaps.push([expected, candles.time[index]!]);
  }
  return gaps;
}
