import type { CandleColumns } from '@wickworks/core';
import type { RoundTrip } from '../messages.js';

/**
 * How far the price went against (MAE) and for (MFE) a round trip, ratios of the entry price, 0 or more. J. Sweeney,
 * "Maximum Adverse Excursion" (1996). From the highs and lows of the candles of entry to exit; of those two candles
 * it is not known which part the trip saw, so both extremes may be wider than what it lived through.
 */
export function excursions(
  trip: Pick<RoundTrip, 'direction' | 'entryPrice' | 'entryIndex'>,
  exitIndex: number,
  candles: CandleColumns,
): { readonly adverseRatio: number; readonly favourableRatio: number } {
  let high = trip.entryPrice;
  let low = trip.entryPrice;
  for (let i = trip.entryIndex; i <= exitIndex; i++) {
    if (candles.high[i]! > high) high = candles.high[i]!;
    if (candles.low[i]! < low) low = candles.low[i]!;
  }
  const up = high / trip.entryPrice - 1;
  const down = 1 - low / trip.entryPrice;
  return trip.direction === 'long'
    ? { adverseRatio: down, favourableRatio: up }
    : { adverseRatio: up, favourableRatio: down };
}
