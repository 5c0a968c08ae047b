import type { CcxtClass, CcxtExchange } from '../ccxt-class.js';
import type { ExchangeCapabilities } from '../ports.js';
import type { VenueProfile } from '../venues/profile.js';
import type { CandleFeed, FeedListener } from './feed.js';
import { FlaggedFeed } from './flagged-feed.js';
import { LoopFeed } from './loop-feed.js';

export interface FeedParts {
  readonly cls: CcxtClass;
  readonly settings: object;
  /** An instance whose markets are loaded. */
  readonly source: CcxtExchange;
  readonly profile: VenueProfile;
  readonly mode: ExchangeCapabilities['candles'];
  readonly listener: FeedListener;
}

/** Nothing is pushed: the series ask REST by themselves whenever they are quiet. */
const polling: CandleFeed = {
  add: () => undefined,
  remove: () => undefined,
  recycle: () => undefined,
  close: () => Promise.resolve(),
};

/** The best feed this exchange allows. */
export function openFeed(parts: FeedParts): CandleFeed {
  if (parts.mode === 'poll') return polling;
  if (parts.mode === 'native' && parts.profile.readFlagged) return new FlaggedFeed(parts);
  return new LoopFeed(parts);
}
