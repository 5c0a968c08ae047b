import type { Result, SeriesKey } from '@wickworks/core';
import type { CandlePage, ExchangeFailure } from '@wickworks/exchange';
import type { ExchangeFeed } from './exchange-feed.js';
import type { SourceEvent } from './series-event.js';
import type { PageQuery, SeriesSource } from './series-source.js';

/** A page size every exchange grants, for the time before the exchange told its own. */
const PAGE_CANDLES_DEFAULT = 200;

/** A series that the exchange itself reports. */
export class NativeSource implements SeriesSource {
  readonly origin = 'rest';
  readonly #feed: ExchangeFeed;
  readonly #key: SeriesKey;

  constructor(feed: ExchangeFeed, key: SeriesKey) {
    this.#feed = feed;
    this.#key = key;
  }

  get pageCandles(): number {
    return this.#feed.knownCapabilities?.candlesPerRequest ?? PAGE_CANDLES_DEFAULT;
  }

  page(query: PageQuery): Promise<Result<CandlePage, ExchangeFailure>> {
    const { symbol, timeframe } = this.#key;
    return this.#feed.fetchCandles({ symbol, timeframe, ...query });
  }

  watch(afterMs: number, listener: (event: SourceEvent) => void): () => void {
    const { symbol, timeframe } = this.#key;
    return this.#feed.watchCandles({ symbol, timeframe, afterMs }, listener);
  }
}
