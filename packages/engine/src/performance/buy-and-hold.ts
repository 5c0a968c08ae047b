import type { CandleColumns } from '@wickworks/core';

/**
 * Return of holding from the close of candle `from` (the end of the warm-up) to the last close, ratio, no costs.
 * Null when there is no later candle.
 */
export const buyAndHold = (candles: CandleColumns, from = 0): number | null =>
  candles.length - 1 <= from ? null : candles.close[candles.length - 1]! / candles.close[from]! - 1;
