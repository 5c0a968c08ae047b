import { useEffect } from 'react';
import { useExchanges, useMarkets } from '../data/hooks.js';
import { DEFAULT_WORKSPACE, MAJOR_SYMBOLS } from '../data/workspace-schema.js';
import { firstMarketsChosen, useWorkspace, useWorkspaceDispatch } from '../data/workspace-slice.js';

/** A first visit to a server without the exchange that we begin with: its first exchange and the majors it trades. */
export function useFirstVisit(): void {
  const dispatch = useWorkspaceDispatch();
  const watchlist = useWorkspace((workspace) => workspace.watchlist);
  const exchange = useWorkspace((workspace) => workspace.exchange);
  const exchanges = useExchanges().data;
  const isUntouched = exchange === DEFAULT_WORKSPACE.exchange && watchlist === DEFAULT_WORKSPACE.watchlist;
  const isAbsent = exchanges !== undefined && exchanges.every((item) => item.id !== exchange);
  const other = isUntouched && isAbsent ? exchanges[0]?.id : undefined;
  // Asked for in either case, since the chart needs them anyway.
  const markets = useMarkets(other ?? exchange, '').data;
  useEffect(() => {
    if (other === undefined || markets === undefined) return;
    const names = new Set(markets.map((market) => market.symbol));
    const majors = MAJOR_SYMBOLS.flatMap((symbol) => {
      const dollar = symbol.replace('/USDT', '/USD');
      return names.has(symbol) ? [symbol] : names.has(dollar) ? [dollar] : [];
    });
    const symbols = majors.length > 0 ? majors : markets.slice(0, 1).map((market) => market.symbol);
    dispatch(firstMarketsChosen(symbols.map((symbol) => ({ exchange: other, symbol }))));
  }, [dispatch, other, markets]);
}
