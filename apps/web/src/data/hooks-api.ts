import type {
  DatasetView,
  ExchangeView,
  HealthView,
  JobView,
  MarketView,
  Problem,
  TickerTuple,
} from '@wickworks/contracts';
import type { CandleColumns, ConnectionState, Gap, SeriesKey } from '@wickworks/core';

/**
 * What the data layer offers to pages, features and the chart. Candles and tickers live outside React: a tick wakes
 * the listeners of one store, at most once per animation frame, and re-renders only who reads it through a hook here.
 */

/** One live candle series; fits the chart's `SeriesSource`. */
export interface SeriesStore {
  readonly key: SeriesKey;
  /** Closed candles, ascending, and at the end perhaps the forming one. */
  readonly candles: CandleColumns;
  readonly forming: boolean;
  /** Rises with every change. */
  readonly version: number;
  /** Candles put in front since the store was made. */
  readonly prepended: number;
  /** Rises when candles other than the last two changed in place. */
  readonly generation: number;
  readonly gaps: readonly Gap[];
  readonly history: 'more' | 'loading' | 'complete';
  /** Calls `listener` at most once per animation frame after changes; returns the unsubscribe. */
  subscribe(listener: () => void): () => void;
  getVersion(): number;
  /** Fetches candles before `beforeMs` (cache first, then server); calls while one is under way change nothing. */
  requestHistory(beforeMs: number): void;
  /** The exchange's clock, ms UTC, as far as the stream tells; a replay may run faster than wall time. */
  exchangeNow(): number | null;
}

/**
 * What the candles on the screen are worth. `loading`: none yet; `cached`: from this browser's cache, not yet
 * confirmed; `live`: confirmed and moving; `unlisted`: stored candles of a market that its exchange has no more; `stale` and `down`: the exchange is silent or gone; `lost`: no link to the
 * server; `failed`: the server refused (`problem` says why). Everything but `live` is drawn grey.
 */
export type SeriesPhase = 'loading' | 'cached' | 'live' | 'unlisted' | 'stale' | 'down' | 'lost' | 'failed';

export interface SeriesState {
  readonly phase: SeriesPhase;
  /** Why the server refused: for good when `phase` is `failed`, else it is asked again every few seconds. */
  readonly problem: Problem | null;
  /** When the exchange was last heard as of its last change of state, ms UTC of the server; `null` before the first. */
  readonly lastMessageMs: number | null;
}

export interface SeriesHandle {
  readonly store: SeriesStore;
  readonly state: SeriesState;
  /** Asks the server for the series again, now. */
  readonly retry: () => void;
}

/** Subscribes while mounted; the same key shares one store and one server subscription. */
export type UseSeries = (key: SeriesKey) => SeriesHandle;

export interface TickerView {
  readonly symbol: TickerTuple[0];
  readonly last: number;
  /** 0.01 for one percent up over 24 hours. */
  readonly changeRatio24h: number | null;
  readonly quoteVolume24h: number | null;
  readonly timeMs: number;
  /** Of the last change of `last`: 1 up, -1 down, 0 unknown. */
  readonly tick: 1 | -1 | 0;
}

/** Live prices of a set of markets. Read one row with {@link UseTicker}, so that a tick re-renders that row only. */
export interface TickerStore {
  get(symbol: string): TickerView | undefined;
  subscribe(listener: () => void): () => void;
  getVersion(): number;
}

export type UseTickers = (exchange: string, symbols: readonly string[]) => TickerStore;
export type UseTicker = (store: TickerStore, symbol: string) => TickerView | undefined;

/** One market's last price, outside React: a tick writes its text and renders nothing. */
interface LastPrice {
  readonly subscribe: (listener: () => void) => () => void;
  /** In quote currency; `null` while unknown. */
  readonly read: () => number | null;
  /** The price comes from this browser's cache and the server has not confirmed it yet. */
  readonly isUnconfirmed: boolean;
}

/**
 * The last price of a market: of the one on the chart the newest candle's close, so that one screen never shows two
 * prices; of the others what `tickers` says.
 */
export type UseLastPrice = (exchange: string, symbol: string, tickers: TickerStore) => LastPrice;

/**
 * One exchange as this browser sees it: `lost` means that our own server is out of reach. Times are this machine's
 * clock, renewed once per second at most.
 */
export interface ExchangeConnection {
  readonly state: ConnectionState | 'lost';
  readonly sinceMs: number | null;
  readonly lastMessageMs: number | null;
  readonly reason: string | null;
  /** Set when prices are a replay: says of what, in general and per symbol. */
  readonly replay: ExchangeView['replay'];
}

export type UseConnection = (exchange: string) => ExchangeConnection;

/** The link to our own server. */
export interface ServerLink {
  readonly state: 'connecting' | 'open' | 'lost';
  readonly sinceMs: number;
  readonly lastMessageMs: number | null;
  /** When the next attempt starts, wall clock ms; `null` while open or connecting. */
  readonly retryAtMs: number | null;
}

export type UseServerLink = () => ServerLink & { readonly retryNow: () => void };

/** Milliseconds since `sinceMs`, ticking once per second; `null` stays `null`. */
export type UseAgeMs = (sinceMs: number | null) => number | null;

/** Read through TanStack Query; `error` is a `RestError` whose `failure` tells a problem from a lost server. */
export interface RestQuery<T> {
  readonly data: T | undefined;
  readonly error: Error | null;
  readonly isPending: boolean;
  readonly isFetching: boolean;
  readonly refetch: () => unknown;
}

export type UseExchanges = () => RestQuery<readonly ExchangeView[]>;
/** Markets of one exchange matching `search` (empty: all), the server's order. */
export type UseMarkets = (exchange: string, search: string) => RestQuery<readonly MarketView[]>;
export type UseDatasets = () => RestQuery<readonly DatasetView[]>;
/** Polls every second while one of them is under way. */
export type UseJobs = () => RestQuery<readonly JobView[]>;
export type UseHealth = () => RestQuery<HealthView>;
