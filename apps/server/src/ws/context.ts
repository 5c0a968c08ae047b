import type { Feed } from '../feed/feed.js';
import type { TickerBoard } from '../feed/ticker-board.js';
import type { CandleBlocks } from './candle-blocks.js';
import type { Channels } from './channels.js';
import type { ResumeBook } from './resume-book.js';
import type { ResumeTokens } from './resume-token.js';
import type { SignalView } from '@wickworks/contracts';

/** Signals of running strategies, stored before they are told. */
export interface SignalSource {
  /** Whether somebody has a strategy of this id. */
  isOwned(strategyId: string, ownerId: string): Promise<boolean>;
  subscribe(strategyId: string, listener: (signal: SignalView) => void): () => void;
}

/** What every session of `/ws/ohlcv` shares. */
export interface OhlcvContext {
  readonly feed: Feed;
  readonly channels: Channels;
  readonly blocks: CandleBlocks;
  /** By exchange id. */
  readonly tickers: ReadonlyMap<string, TickerBoard>;
  readonly signals: SignalSource;
  readonly tokens: ResumeTokens;
  readonly resumes: ResumeBook;
  readonly nowMs: () => number;
  readonly log: {
    error(fields: object, message: string): void;
    debug(fields: object, message: string): void;
  };
}
