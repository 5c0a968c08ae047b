import type { Timeframe } from '@wickworks/core';
import type { StreamUpdate } from '../candle-stream.js';
import type { CcxtClass, CcxtExchange } from '../ccxt-class.js';
import type { ExchangeCapabilities, ExchangeFailure } from '../ports.js';
import type { VenueProfile } from '../venues/profile.js';

export interface FeedSeries {
  readonly symbol: string;
  readonly timeframe: Timeframe;
}

/** Where a feed tells its news. */
export interface FeedListener {
  update(series: FeedSeries, update: StreamUpdate): void;
  /** A socket is up; what was missed before is unknown. `series` are those it carries. */
  connected(series: readonly FeedSeries[]): void;
  lost(reason: string): void;
  /** The exchange refuses this series for good. */
  refused(series: FeedSeries, failure: ExchangeFailure): void;
}

/** A source of pushed candle updates: keeps its subscriptions alive by itself until told otherwise. */
export interface CandleFeed {
  add(series: FeedSeries): void;
  remove(series: FeedSeries): void;
  /** Goes by the markets of its source as they are now. */
  adoptMarkets(): void;
  /** Replaces the sockets, because they stay mute. */
  recycle(reason: string): void;
  close(): Promise<void>;
}

/** What a feed is made of. */
export interface FeedParts {
  readonly cls: CcxtClass;
  readonly settings: object;
  /** An instance whose markets are loaded. */
  readonly source: CcxtExchange;
  readonly profile: VenueProfile;
  readonly mode: ExchangeCapabilities['candles'];
  readonly listener: FeedListener;
}

/** Map key of a series within one exchange. */
export const keyOf = (series: FeedSeries): string => `${series.symbol} ${series.timeframe}`;
