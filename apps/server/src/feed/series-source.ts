import type { Result } from '@wickworks/core';
import type { CandlePage, ExchangeFailure } from '@wickworks/exchange';
import type { SourceEvent } from './series-event.js';

export interface PageQuery {
  /** Only candles opening before this; without it the newest there are. */
  readonly untilMs?: number;
  readonly limit: number;
}

/** Where one series comes from: the exchange itself, or a narrower series of it. */
export interface SeriesSource {
  /** Under which origin its fetched candles are stored. */
  readonly origin: 'rest' | 'built';
  /** Largest `limit` of one page. */
  readonly pageCandles: number;
  /** The newest `limit` closed candles before `untilMs`, with the exchange's clock. */
  page(query: PageQuery): Promise<Result<CandlePage, ExchangeFailure>>;
  /** Starts the stream of all candles after the one opening at `afterMs`; returns what stops it. */
  watch(afterMs: number, listener: (event: SourceEvent) => void): () => void;
}
