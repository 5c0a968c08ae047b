import type { SeriesKey } from '@wickworks/core';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { useDataServices } from './data-provider.js';
import type { UseAgeMs, UseSeries, UseServerLink, UseTicker, UseTickers } from './hooks-api.js';
import type { ExchangeStatus } from './connection-store.js';

/** See {@link UseSeries}. */
export const useSeries: UseSeries = ({ exchange, symbol, timeframe }) => {
  const { series } = useDataServices();
  const key = useMemo<SeriesKey>(() => ({ exchange, symbol, timeframe }), [exchange, symbol, timeframe]);
  const store = useMemo(() => series.get(key), [series, key]);
  useEffect(() => series.use(key), [series, key]);
  const state = useSyncExternalStore(
    (listener) => store.subscribe(listener),
    () => store.state,
  );
  return useMemo(() => ({ store, state, retry: () => store.retry() }), [store, state]);
};

/** See {@link UseTickers}. */
export const useTickers: UseTickers = (exchange, symbols) => {
  const board = useDataServices().tickers(exchange);
  // Callers build the list while they render; only its content matters.
  const wanted = symbols.join(' ');
  useEffect(() => board.want(wanted === '' ? [] : wanted.split(' ')), [board, wanted]);
  return board;
};

/** See {@link UseTicker}. */
export const useTicker: UseTicker = (store, symbol) =>
  useSyncExternalStore(
    (listener) => store.subscribe(listener),
    () => store.get(symbol),
  );

/** State of one exchange without what REST adds to it. */
export function useExchangeStatus(exchange: string): ExchangeStatus {
  const { connections } = useDataServices();
  return useSyncExternalStore(
    (listener) => connections.subscribe(listener),
    () => connections.status(exchange),
  );
}

/** See {@link UseServerLink}. */
export const useServerLink: UseServerLink = () => {
  const { connections } = useDataServices();
  const link = useSyncExternalStore(
    (listener) => connections.subscribe(listener),
    () => connections.link(),
  );
  return useMemo(() => ({ ...link, retryNow: () => connections.retryNow() }), [connections, link]);
};

/** See {@link UseAgeMs}. */
export const useAgeMs: UseAgeMs = (sinceMs) => {
  const [nowMs, setNowMs] = useState(() => Date.now());
  const isTicking = sinceMs !== null;
  useEffect(() => {
    if (!isTicking) return undefined;
    const timer = setInterval(() => setNowMs(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [isTicking]);
  return sinceMs === null ? null : Math.max(0, nowMs - sinceMs);
};
