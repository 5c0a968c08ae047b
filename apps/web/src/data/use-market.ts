import type { MarketView } from '@wickworks/contracts';
import { useMarkets } from './rest-hooks.js';

// One index per list that arrived, so that a row that renders with every tick does not search thousands of markets.
const indexes = new WeakMap<readonly MarketView[], ReadonlyMap<string, MarketView>>();

function indexOf(markets: readonly MarketView[]): ReadonlyMap<string, MarketView> {
  let index = indexes.get(markets);
  if (index === undefined) {
    index = new Map(markets.map((market) => [market.symbol, market]));
    indexes.set(markets, index);
  }
  return index;
}

/** What the exchange says about one market; `undefined` while unknown. */
export function useMarket(exchange: string, symbol: string): MarketView | undefined {
  const { data } = useMarkets(exchange, '');
  return data === undefined ? undefined : indexOf(data).get(symbol);
}
