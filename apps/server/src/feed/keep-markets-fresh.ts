import type { ExchangeFeed } from './exchange-feed.js';

/** How often markets are asked for anew, and how soon again after a failure. */
export interface MarketReload {
  readonly everyMs: number;
  readonly retryMs: number;
}

/** Has each exchange say now and then which markets it lists and in which steps they trade; returns what ends it. */
export function keepMarketsFresh(
  exchanges: Iterable<ExchangeFeed>,
  { everyMs, retryMs, log }: MarketReload & { readonly log: { warn(fields: object, message: string): void } },
): () => void {
  const timers = new Map<ExchangeFeed, NodeJS.Timeout>();
  let isStopped = false;
  const reloadIn = (exchange: ExchangeFeed, pauseMs: number): void => {
    if (isStopped) return;
    timers.set(exchange, setTimeout(() => void reload(exchange), pauseMs).unref());
  };
  const reload = async (exchange: ExchangeFeed): Promise<void> => {
    const loaded = await exchange.reloadMarkets();
    if (!loaded.ok && !isStopped)
      log.warn(
        { exchange: exchange.id, failure: loaded.error, retryMs },
        'markets could not be reloaded: the old ones stay',
      );
    reloadIn(exchange, loaded.ok ? everyMs : retryMs);
  };
  for (const exchange of exchanges) reloadIn(exchange, everyMs);
  return () => {
    isStopped = true;
    for (const timer of timers.values()) clearTimeout(timer);
  };
}
