import type { Result, Timeframe } from '@wickworks/core';
import type {
  CandlePage,
  CandleQuery,
  ExchangeCapabilities,
  ExchangeConfig,
  ExchangeEvent,
  ExchangeFailure,
  KeyPermissions,
  Market,
  SealedKeys,
  TradePage,
  TradeQuery,
} from './ports.js';

/** What a worker is started with. */
export interface WorkerStart {
  readonly config: ExchangeConfig;
}

/** Questions the worker answers, and with what. */
export interface Answers {
  capabilities: ExchangeCapabilities;
  markets: readonly Market[];
  reload: readonly Market[];
  candles: CandlePage;
  trades: TradePage;
  keys: KeyPermissions;
}

export type Question =
  | { readonly about: 'capabilities' }
  | { readonly about: 'markets' }
  | { readonly about: 'reload' }
  | { readonly about: 'candles'; readonly query: CandleQuery }
  | { readonly about: 'trades'; readonly query: TradeQuery }
  | { readonly about: 'keys'; readonly keys: SealedKeys };

export interface WatchedSeries {
  /** Tells this watch from an earlier one of the same series, whose news may still be under way. */
  readonly watch: number;
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly afterMs: number;
}

export type ToWorker =
  | { readonly kind: 'ask'; readonly id: number; readonly question: Question }
  | { readonly kind: 'watch'; readonly series: WatchedSeries }
  | { readonly kind: 'unwatch'; readonly series: { readonly symbol: string; readonly timeframe: Timeframe } }
  | { readonly kind: 'tickers'; readonly symbols: readonly string[] }
  | { readonly kind: 'ping' }
  | { readonly kind: 'close' };

/** An event, and the watch it belongs to where it is about a series. */
export interface Told {
  readonly event: ExchangeEvent;
  readonly watch: number | null;
}

export type FromWorker =
  | { readonly kind: 'answer'; readonly id: number; readonly result: Result<Answers[keyof Answers], ExchangeFailure> }
  /** In order; several at once when they happened in one turn of the event loop. */
  | { readonly kind: 'events'; readonly events: readonly Told[] }
  | { readonly kind: 'log'; readonly level: 'info' | 'warn'; readonly text: string }
  | { readonly kind: 'pong' }
  /** No new worker would do better: CCXT has no such exchange. */
  | { readonly kind: 'unusable'; readonly reason: string }
  | { readonly kind: 'closed' };
