import { sliceColumns } from '@wickworks/client';
import { findGaps, lowerBound, type CandleColumns, type Gap, type SeriesKey, type Timeframe } from '@wickworks/core';

/** Closed candles and the stretches that the source lacks between them. */
export interface CachedCandles {
  readonly candles: CandleColumns;
  readonly gaps: readonly Gap[];
}

/** Closed candles of earlier visits; see {@link CandleCache}, which keeps them. */
export interface CandleKeeper {
  read(key: SeriesKey, limit: number, beforeMs?: number): Promise<CachedCandles>;
  write(key: SeriesKey, candles: CachedCandles): Promise<void>;
}

/** The newest candles without a hole that `gaps` do not explain. */
export function afterLastHole({ candles, gaps }: CachedCandles, timeframe: Timeframe): CandleColumns {
  const isExplained = ([fromMs, toMs]: Gap): boolean =>
    gaps.some(([gapFrom, gapTo]) => gapFrom <= fromMs && gapTo >= toMs);
  const hole = findGaps(candles, timeframe).findLast((one) => !isExplained(one));
  return hole ? sliceColumns(candles, lowerBound(candles, hole[1]), candles.length) : candles;
}
