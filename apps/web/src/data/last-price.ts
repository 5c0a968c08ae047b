import type { SeriesKey } from '@wickworks/core';
import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import { useDataServices } from './data-provider.js';
import type { UseLastPrice } from './hooks-api.js';
import type { LiveSeriesStore } from './live-series-store.js';
import { useWorkspace } from './workspace-slice.js';

/** See {@link UseLastPrice}. */
export const useLastPrice: UseLastPrice = (exchange, symbol, tickers) => {
  const { series } = useDataServices();
  const timeframe = useWorkspace((workspace) =>
    workspace.exchange === exchange && workspace.symbol === symbol ? workspace.timeframe : null,
  );
  const key = useMemo<SeriesKey | null>(
    () => (timeframe === null ? null : { exchange, symbol, timeframe }),
    [exchange, symbol, timeframe],
  );
  const store = useMemo(() => (key === null ? null : series.get(key)), [series, key]);
  useEffect(() => (key === null ? undefined : series.use(key)), [series, key]);

  const subscribe = useCallback(
    (listener: () => void): (() => void) => {
      const stops = [tickers.subscribe(listener), store?.subscribe(listener)];
      return () => {
        for (const stop of stops) stop?.();
      };
    },
    [tickers, store],
  );
  const read = useCallback(() => closeOf(store) ?? tickers.get(symbol)?.last ?? null, [store, tickers, symbol]);
  // Of a market that is listed no more, the exchange's own state says nothing.
  const isUnconfirmed = useSyncExternalStore(subscribe, () => /cached|unlisted/.test(store?.state.phase ?? ''));
  return useMemo(() => ({ subscribe, read, isUnconfirmed }), [subscribe, read, isUnconfirmed]);
};

/** Close of the newest candle; `null` while the chart shows none. */
function closeOf(store: LiveSeriesStore | null): number | null {
  if (store === null || store.state.phase === 'failed') return null;
  const { close, length } = store.candles;
  return length === 0 ? null : (close[length - 1] ?? null);
}
