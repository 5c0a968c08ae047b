import type { Timeframe } from '@wickworks/core';
import type { StreamUpdate } from '../candle-stream.js';
import type { ExchangeFailure } from '../ports.js';

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
  /** Replaces the sockets, because they stay mute. */
  recycle(reason: string): void;
  close(): Promise<void>;
}

/** Map key of a series within one exchange. */
export const keyOf = (series: FeedSeries): string => `${series.symbol} ${series.timeframe}`;
