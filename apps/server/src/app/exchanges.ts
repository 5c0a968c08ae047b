import type { ExchangeView, MarketView } from '@wickworks/contracts';
import { err, ok, type Result } from '@wickworks/core';
import type { ExchangeFeed } from '../feed/exchange-feed.js';
import type { Feed } from '../feed/feed.js';
import { refusalOfFailure, refuse, type Refusal } from '../wire/problem.js';

/** What a replaying venue shows: one sentence, and what is replayed for each symbol. */
export interface Replay {
  readonly text: string;
  readonly sources: Readonly<Record<string, string>>;
}

/** Tells of what the local venue is a replay; `null` when it cannot be asked now. */
export type ReadReplay = () => Promise<Replay | null>;

/** Every configured exchange with its state of this moment; never waits for one that does not answer. */
export async function listExchanges(feed: Feed, readReplay: ReadReplay): Promise<ExchangeView[]> {
  return Promise.all([...feed.exchanges.values()].map((exchange) => viewOf(exchange, readReplay)));
}

async function viewOf(exchange: ExchangeFeed, readReplay: ReadReplay): Promise<ExchangeView> {
  const { state, sinceMs, lastMessageMs, reason } = exchange.status;
  const capabilities = exchange.knownCapabilities;
  // Asked for in the background: the next one to look will see it.
  if (!capabilities) void exchange.capabilities();
  const replay = exchange.id === 'local' ? await readReplay() : null;
  return {
    id: exchange.id,
    title: exchange.title,
    state,
    sinceMs,
    lastMessageMs,
    reason: reason === '' ? null : reason,
    replay: replay && { text: replay.text, sources: { ...replay.sources } },
    capabilities: capabilities && { ...capabilities, timeframes: [...capabilities.timeframes] },
  };
}

/** Markets of one exchange in order of their symbols, those matching `search` in any part of the symbol. */
export async function listMarkets(
  feed: Feed,
  query: { exchange: string; search: string },
): Promise<Result<MarketView[], Refusal>> {
  const exchange = feed.exchanges.get(query.exchange);
  if (!exchange) return err(refuse('unknown-exchange', `exchange "${query.exchange}" is not configured`));
  const markets = await exchange.markets();
  if (!markets.ok) return err(refusalOfFailure(markets.error));
  const wanted = query.search.toUpperCase().replaceAll(/[\s/]/g, '');
  const matching = [...markets.value.values()].filter((market) =>
    market.symbol.toUpperCase().replaceAll('/', '').includes(wanted),
  );
  return ok(matching.toSorted((a, b) => (a.symbol < b.symbol ? -1 : 1)));
}
