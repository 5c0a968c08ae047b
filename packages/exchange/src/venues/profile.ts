import type { CandleRow, Timeframe } from '@wickworks/core';
import type { ExchangeConfig, KeyPermissions } from '../ports.js';

/** How CCXT spaces its attempts to connect again, ms: exponential, capped, forgiven after half a minute. */
export const REDIAL = { base: 1_000, factor: 2, max: 15_000, stableAfter: 30_000 } as const;

/** A candle update as an exchange with a closed flag pushes it. */
export interface FlaggedCandle {
  /** The exchange's own id of the market, such as `BTCUSDT`. */
  readonly marketId: string;
  /** The exchange's own name of the timeframe. */
  readonly interval: string;
  readonly candle: CandleRow;
  readonly closed: boolean;
  readonly eventTimeMs: number;
}

/** What differs from exchange to exchange, as data; one file per exchange in this folder. */
export interface VenueProfile {
  readonly title: string;
  readonly ccxtId: string;
  /** Constructor settings of the CCXT class. */
  readonly settings: (config: ExchangeConfig) => Readonly<Record<string, unknown>>;
  /** How the exchange tells what a key may do; without, no more than whether it takes the key can be found out. */
  readonly keyInfo?: {
    /** CCXT's name of the call. */
    readonly method: string;
    /** Reads the answer; `null` when it is not one. */
    readonly read: (answer: unknown) => KeyPermissions | null;
  };
  /** Reads the exchange's raw candle message, where it says itself that a candle closed. */
  readonly readFlagged?: (message: unknown) => FlaggedCandle | null;
  /** A candle exists for every open time, traded or not: then a later candle proves that the older ones closed. */
  readonly dense: boolean;
  /** REST values are final this long after the close. */
  readonly settleMs: number;
  /** How long REST may lag behind the stream with a closed candle. */
  readonly restLagMs: number;
  /** `sample`: asked before every page; `offset`: measured now and then, for clocks that run as ours do. */
  readonly clock: 'sample' | 'offset';
  /** Expected time between two pieces of candle news. */
  readonly cadenceMs: number;
  /** Rows the exchange gives in one answer. */
  readonly rowsPerPage: number;
  /** Trades of one answer, where they are numbered without a hole and can be asked for by number. */
  readonly tradesPerPage?: number;
  /** Only these timeframes, where the exchange aligns the others differently from us; default: all it names. */
  readonly timeframes?: readonly Timeframe[];
  /** Candle subscriptions one socket carries. */
  readonly seriesPerSocket: number;
  /** CCXT's class cannot tell two timeframes of one symbol apart on one connection (or nobody checked that it can). */
  readonly symbolOncePerSocket?: boolean;
  /** A series that always moves, subscribed beside the wanted ones so that silence means a dead socket. */
  readonly heartbeat?: { readonly symbol: string; readonly timeframe: Timeframe };
  /** A socket that stays mute is replaced no more often than this. */
  readonly recycleMaxMs: number;
}
