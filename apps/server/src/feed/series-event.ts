import type { CandleRow, Gap } from '@wickworks/core';
import type { ExchangeFailure } from '@wickworks/exchange';

/** News of one series as its source tells it; closed candles are not yet stored. */
export type SourceEvent =
  | { readonly kind: 'forming'; readonly candle: CandleRow; readonly receivedAtMs: number }
  | { readonly kind: 'closed'; readonly candle: CandleRow; readonly receivedAtMs: number }
  | { readonly kind: 'healed'; readonly candles: readonly CandleRow[]; readonly gaps: readonly Gap[] }
  | { readonly kind: 'failed'; readonly failure: ExchangeFailure };

/**
 * News of one series as its hub announces it: every closed candle once, ascending, stored before it is told,
 * either `closed` (as it happened) or inside `backfill` (after a fault). A `correction` replaces a candle told before.
 */
export type SeriesEvent =
  | { readonly kind: 'forming'; readonly candle: CandleRow; readonly receivedAtMs: number }
  | { readonly kind: 'closed'; readonly candle: CandleRow; readonly receivedAtMs: number }
  | { readonly kind: 'backfill'; readonly candles: readonly CandleRow[]; readonly gaps: readonly Gap[] }
  | { readonly kind: 'correction'; readonly candle: CandleRow; readonly previous: CandleRow }
  | { readonly kind: 'failed'; readonly failure: ExchangeFailure };
