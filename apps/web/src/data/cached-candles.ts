import { sliceColumns } from '@wickworks/client';
import { copyColumns, findGaps, lowerBound, type CandleColumns, type Gap, type SeriesKey, type Timeframe } from '@wickworks/core';

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

/** The cache, loaded when first asked: it is a help, not a need, and the chart does not wait for its code. */
export function lazyCandleCache(): CandleKeeper {
  let cache: Promise<CandleKeeper> | undefined;
  const open = (): Promise<CandleKeeper> =>
    (cache ??= import('./candle-cache.js').then(({ CandleCache }) => new CandleCache()));
  return {
    read: async (key, limit, beforeMs) => (await open()).read(key, limit, beforeMs),
    write: async (key, { candles, gaps }) => {
      // The columns go on changing while the code is on its way.
      const copy = { candles: copyColumns(candles), gaps };
      await (await open()).write(key, copy);
    },
  };
}

/** The newest candles without a hole that `gaps` do not explain. */
export function afterLastHole({ candles, gaps }: CachedCandles, timeframe: Timeframe): CandleColumns {
  const isExplained = ([fromMs, toMs]: Gap): boolean =>
    gaps.some(([gapFrom, gapTo]) => gapFrom <= fromMs && gapTo >= toMs);
  const hole = findGaps(candles, timeframe).findLast((one) => !isExplained(one));
  return hole ? sliceColumns(candles, lowerBound(candles, hole[1]), candles.length) : candles;
}
