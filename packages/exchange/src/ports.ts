import type { CandleRow, ConnectionState, Gap, Result, Side, Timeframe } from '@wickworks/core';

/** What a connection to one exchange can do; found out at load, shown to people as it is. */
export interface ExchangeCapabilities {
  /** `native`: the exchange streams candles; `trades`: built here from its trades; `poll`: asked for by REST. */
  readonly candles: 'native' | 'trades' | 'poll';
  readonly tickers: 'native' | 'poll' | 'none';
  /** Timeframes the exchange itself reports, narrowest first. */
  readonly timeframes: readonly Timeframe[];
  readonly candlesPerRequest: number;
}

/** One tradable market; decimals as exact text. */
export interface Market {
  readonly symbol: string;
  readonly base: string;
  readonly quote: string;
  readonly active: boolean;
  readonly priceTick: string | null;
  readonly quantityStep: string | null;
  readonly notionalMin: string | null;
}

/** Outside failures, mapped once from CCXT's error tree. */
export interface ExchangeFailure {
  readonly kind:
    | 'unknown-symbol'
    | 'unsupported'
    | 'rate-limited'
    | 'unavailable'
    | 'timeout'
    | 'authentication'
    | 'rejected'
    | 'closed';
  readonly message: string;
  readonly retryable: boolean;
  /** How long the exchange asked us to wait (`Retry-After`), when it did. */
  readonly retryAfterMs?: number;
}

export interface Ticker {
  readonly symbol: string;
  readonly last: number;
  /** 0.01 for one percent up over 24 hours. */
  readonly changeRatio24h: number | null;
  readonly quoteVolume24h: number | null;
  readonly timeMs: number;
}

/** A page of candles: `closed` ascending without duplicates; `forming` is the one still open at the exchange. */
export interface CandlePage {
  readonly closed: readonly CandleRow[];
  readonly forming: CandleRow | null;
  /** The exchange's clock when it was asked, ms UTC (a venue replaying history has its own time). */
  readonly exchangeTimeMs: number;
}

export interface CandleQuery {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** Oldest open time wanted; without it the newest `limit` before `untilMs` (or now). */
  readonly sinceMs?: number;
  /** Exclusive. */
  readonly untilMs?: number;
  readonly limit: number;
}

/** A public trade of an exchange that numbers them without leaving one out. */
export interface PublicTrade {
  readonly id: number;
  readonly timeMs: number;
  /** Quote. */
  readonly price: number;
  /** Base units. */
  readonly quantity: number;
  /** What the taker did. */
  readonly side: Side | null;
}

/** Which trades: from the one of this number on; left out: the newest. */
export interface TradeQuery {
  readonly symbol: string;
  readonly fromId?: number;
}

export interface TradePage {
  /** Ascending, as many as the exchange gives at once. */
  readonly trades: readonly PublicTrade[];
  readonly exchangeTimeMs: number;
}

interface SeriesEvent {
  readonly symbol: string;
  readonly timeframe: Timeframe;
}

/**
 * News of one exchange. For each watched series, closed candles arrive exactly once, ascending and without
 * a hole: `closed` straight from the stream, `healed` fetched after a fault; what the source lacks is in `gaps`.
 */
export type ExchangeEvent =
  | ({
      readonly kind: 'forming';
      readonly candle: CandleRow;
      readonly exchangeTimeMs: number;
      readonly receivedAtMs: number;
    } & SeriesEvent)
  | ({
      readonly kind: 'closed';
      readonly candle: CandleRow;
      readonly exchangeTimeMs: number;
      readonly receivedAtMs: number;
    } & SeriesEvent)
  | ({ readonly kind: 'healed'; readonly candles: readonly CandleRow[]; readonly gaps: readonly Gap[] } & SeriesEvent)
  /** REST now reports other values for a candle that was already told: a correction by the exchange, rare. */
  | ({ readonly kind: 'corrected'; readonly candle: CandleRow; readonly previous: CandleRow } & SeriesEvent)
  /** Not retryable: this series is given up. Retryable: it is still being healed, and this is why it takes long. */
  | ({ readonly kind: 'series-failed'; readonly failure: ExchangeFailure } & SeriesEvent)
  | { readonly kind: 'tickers'; readonly tickers: readonly Ticker[] }
  | {
      readonly kind: 'status';
      readonly state: ConnectionState;
      readonly sinceMs: number;
      readonly lastMessageMs: number | null;
      readonly reason: string;
    };

/** Somebody's keys, sealed: opened inside the worker only, with the data key of these and no others. */
export interface SealedKeys {
  readonly dataKey: Uint8Array;
  readonly context: string;
  /** JSON of `{apiKey, secret, passphrase?}`, sealed. */
  readonly sealed: string;
}

/** What keys may do, as the exchange says; `null`: it does not say. */
export interface KeyPermissions {
  readonly canRead: boolean | null;
  readonly canTrade: boolean | null;
  readonly canWithdraw: boolean | null;
  readonly isIpRestricted: boolean | null;
}

/** One exchange, seen from the host: the CCXT class itself lives in a worker and is restarted when it dies. */
export interface ExchangeConnection {
  readonly id: string;
  readonly title: string;
  /** Loads markets (once; again after a failure) and says what the exchange can do. */
  capabilities(): Promise<Result<ExchangeCapabilities, ExchangeFailure>>;
  markets(): Promise<Result<readonly Market[], ExchangeFailure>>;
  /**
   * Asks the exchange for its markets anew; from then on {@link markets} and everything watched goes by the answer. One it
   * no longer names stays, as not active. A failure changes nothing.
   */
  reloadMarkets(): Promise<Result<readonly Market[], ExchangeFailure>>;
  /** One page, `limit` at most `candlesPerRequest`; rate limits are respected by waiting. */
  fetchCandles(query: CandleQuery): Promise<Result<CandlePage, ExchangeFailure>>;
  /** Trades from the number `fromId` on, without it the newest; `unsupported` where they are not numbered. */
  fetchTrades(query: TradeQuery): Promise<Result<TradePage, ExchangeFailure>>;
  /** What keys may do; `authentication` when the exchange does not take them. Nothing of them is in the answer. */
  keyPermissions(keys: SealedKeys): Promise<Result<KeyPermissions, ExchangeFailure>>;
  /**
   * Starts the stream of a series. Every candle that closes after the one opening at `afterMs` arrives as an
   * event, also those that closed before this call. Watching the same series again changes nothing.
   */
  watchCandles(key: { symbol: string; timeframe: Timeframe; afterMs: number }): void;
  unwatchCandles(key: { symbol: string; timeframe: Timeframe }): void;
  /** Replaces the set of symbols whose tickers are wanted; empty stops them. */
  watchTickers(symbols: readonly string[]): void;
  /** Tells the latest `status` at once, then every event; returns the unsubscribe. */
  subscribe(listener: (event: ExchangeEvent) => void): () => void;
  close(): Promise<void>;
}

/** How to reach one exchange. */
export interface ExchangeConfig {
  /** CCXT id, or `local` for the venue. */
  readonly id: string;
  /** Base URL of the local venue, such as `http://127.0.0.1:8090`; needed for `local` only. */
  readonly venueUrl?: string;
  /** Expected time between two pieces of news while something is watched; three of them silent make it `stale`. */
  readonly cadenceMs?: number;
}
