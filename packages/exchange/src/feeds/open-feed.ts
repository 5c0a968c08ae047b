import type { CandleFeed, FeedParts } from './feed.js';
import { FlaggedFeed } from './flagged-feed.js';
import { LoopFeed } from './loop-feed.js';

/** Nothing is pushed: the series ask REST by themselves whenever they are quiet. */
const polling: CandleFeed = {
  add: () => undefined,
  remove: () => undefined,
  adoptMarkets: () => undefined,
  recycle: () => undefined,
  close: () => Promise.resolve(),
};

/** The best feed this exchange allows. */
export function openFeed(parts: FeedParts): CandleFeed {
  if (parts.mode === 'poll') return polling;
  if (parts.mode === 'native' && parts.profile.readFlagged) return new FlaggedFeed(parts);
  return new LoopFeed(parts);
}
