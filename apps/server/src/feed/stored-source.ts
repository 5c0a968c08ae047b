import { closeTimeOf, ok, toRows, type Result, type SeriesKey } from '@wickworks/core';
import type { CandleStore } from '@wickworks/db';
import type { CandlePage } from '@wickworks/exchange';
import type { PageQuery, SeriesSource } from './series-source.js';

/** A series that its exchange has no more: its newest stored candles, nothing beyond the store, and none to come. */
export class StoredSource implements SeriesSource {
  readonly origin = 'rest';
  /** A hole is looked into once, however long it is. */
  readonly pageCandles = Number.MAX_SAFE_INTEGER;
  readonly #store: CandleStore;
  readonly #key: SeriesKey;

  constructor(store: CandleStore, key: SeriesKey) {
    this.#store = store;
    this.#key = key;
  }

  async page({ untilMs, limit }: PageQuery): Promise<Result<CandlePage, never>> {
    const lastMs = await this.#store.lastOpenTime(this.#key);
    const endMs = lastMs === null ? 0 : closeTimeOf(this.#key.timeframe, lastMs);
    // What it is asked for by name is what the store was found to lack.
    const stored = untilMs === undefined ? await this.#store.readBefore(this.#key, endMs, limit) : null;
    return ok({ closed: stored === null ? [] : toRows(stored), forming: null, exchangeTimeMs: endMs });
  }

  watch(): () => void {
    return () => undefined;
  }
}
