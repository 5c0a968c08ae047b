import type { TestSeries } from './engine-worker-input.js';
import type { PriceJump } from './engine-worker-protocol.js';

/** A smaller one may be an honest night without trades. */
const RATIO_MIN = 0.1;

/**
 * Where the candles of a run, one series a market, have prices that nobody traded through: a result across one of them
 * deserves a look.
 */
export function jumpsOf(series: readonly TestSeries[]): PriceJump[] {
  return series.flatMap(({ symbol, candles }) => {
    const { time, open, close, length } = candles;
    let count = 0;
    let largest = 0;
    let at = 0;
    for (let index = 1; index < length; index++) {
      const ratio = open[index]! / close[index - 1]! - 1;
      if (ratio < RATIO_MIN && ratio > -RATIO_MIN) continue;
      count++;
      if (Math.abs(ratio) <= Math.abs(largest)) continue;
      largest = ratio;
      at = index;
    }
    return largest === 0 ? [] : [{ symbol, timeMs: time[at]!, ratio: largest, count }];
  });
}
