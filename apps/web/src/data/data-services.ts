import { QueryClient } from '@tanstack/react-query';
import { createCandleClient, type CandleClient } from '@wickworks/client';
import { authFetch } from './auth-fetch.js';

import { ConnectionStore } from './connection-store.js';
import { lazyCandleCache } from './lazy-candle-cache.js';
import { RestError } from './rest-error.js';
import { SeriesRegistry } from './series-registry.js';
import { TickerBoard } from './ticker-board.js';
import { createWorkspaceStore, type WorkspaceStore } from './workspace-slice.js';

/** Everything that outlives components: one of it per page. */
export interface DataServices {
  readonly client: CandleClient;
  readonly series: SeriesRegistry;
  readonly connections: ConnectionStore;
  readonly queries: QueryClient;
  readonly workspace: WorkspaceStore;
  tickers(exchange: string): TickerBoard;
}

/** Connects to the server at `baseUrl`; see {@link serverUrl}. */
export function createDataServices(options: { baseUrl: string; storage: Storage | undefined }): DataServices {
  const client = createCandleClient({ baseUrl: options.baseUrl, fetch: authFetch });
  const { ohlcv } = client;
  const boards = new Map<string, TickerBoard>();
  const tickers = (exchange: string): TickerBoard => {
    let board = boards.get(exchange);
    if (!board) {
      board = new TickerBoard(exchange, ohlcv);
      boards.set(exchange, board);
    }
    return board;
  };
  const series = new SeriesRegistry({ ohlcv, cache: lazyCandleCache() });
  const newsMs = (exchange: string): number | null => {
    const times = [series.lastNewsMs(exchange), boards.get(exchange)?.lastNewsMs ?? null];
    const known = times.filter((time) => time !== null);
    return known.length === 0 ? null : Math.max(...known);
  };
  // The network came back: no reason to wait for the next dial.
  globalThis.addEventListener('online', () => ohlcv.retryNow());
  const queries = createQueryClient();
  let wasLost = false;
  ohlcv.onState(({ state }) => {
    // Whatever REST told before the loss may have changed since.
    if (state === 'open' && wasLost) void queries.invalidateQueries();
    wasLost = state === 'lost' || (wasLost && state !== 'open');
  });
  return {
    client,
    series,
    connections: new ConnectionStore(ohlcv, newsMs),
    queries,
    workspace: createWorkspaceStore(options.storage),
    tickers,
  };
}

/** `VITE_API_URL` of the build when set, else where the page came from. */
export function serverUrl(): string {
  const configured: unknown = import.meta.env['VITE_API_URL'];
  return typeof configured === 'string' && configured !== '' ? configured : globalThis.location.origin;
}

const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        retry: (failures, error) => failures < 3 && error instanceof RestError && error.failure.retryable,
      },
    },
  });
