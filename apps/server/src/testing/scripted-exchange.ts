import { assert, ok, openTimeAt, type CandleRow, type Gap, type Result, type Timeframe } from '@wickworks/core';
import type {
  CandlePage,
  CandleQuery,
  ExchangeCapabilities,
  ExchangeConnection,
  ExchangeEvent,
  ExchangeFailure,
  KeyPermissions,
  Market,
  SealedKeys,
  Ticker,
  TradePage,
} from '@wickworks/exchange';

interface Watched {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  afterMs: number;
}

/** An exchange whose every candle and message the test decides. It keeps the promises of the port, no more. */
export class ScriptedExchange implements ExchangeConnection {
  readonly id: string;
  readonly title = 'Scripted';
  readonly timeframes: readonly Timeframe[];
  /** Closed candles REST knows, per `symbol timeframe`, ascending. */
  readonly closed = new Map<string, CandleRow[]>();
  forming: CandleRow | null = null;
  nowMs = 0;
  candlesPerRequest = 500;
  /** What it lists, and in which step of the price. */
  listed: readonly string[] = ['BTC/USDT', 'ETH/USDT'];
  priceTick = '0.01';
  /** What it lists, but no longer trades. */
  readonly inactive = new Set<string>();
  /** Set: markets are not told anew. */
  reloadFailure: ExchangeFailure | null = null;
  /** Set: every question fails with it. */
  failure: ExchangeFailure | null = null;
  /** Queries answered so far. */
  readonly queries: CandleQuery[] = [];
  /** What it says of every key. */
  permissions: KeyPermissions = { canRead: true, canTrade: true, canWithdraw: false, isIpRestricted: true };
  readonly keysAsked: SealedKeys[] = [];
  readonly watched = new Map<string, Watched>();
  tickerSymbols: readonly string[] = [];
  readonly #listeners = new Set<(event: ExchangeEvent) => void>();

  /** One whose present is `nowMs`, with the `count` minutes of BTC/USDT before it. */
  static withMinutes(nowMs: number, count: number): ScriptedExchange {
    const exchange = new ScriptedExchange();
    exchange.nowMs = nowMs;
    exchange.rowsOf('BTC/USDT', '1m').push(...minutesUntil(nowMs, count));
    return exchange;
  }

  constructor(input: { id?: string; timeframes?: readonly Timeframe[] } = {}) {
    this.id = input.id ?? 'scripted';
    this.timeframes = input.timeframes ?? ['1m', '1h'];
  }

  capabilities(): Promise<Result<ExchangeCapabilities, ExchangeFailure>> {
    const { timeframes, candlesPerRequest } = this;
    return this.#answer({ candles: 'native' as const, tickers: 'native' as const, timeframes, candlesPerRequest });
  }

  markets(): Promise<Result<readonly Market[], ExchangeFailure>> {
    const facts = { priceTick: this.priceTick, quantityStep: '0.001', notionalMin: null };
    return this.#answer(
      this.listed.map((symbol) => {
        const [base = '', quote = ''] = symbol.split('/');
        return { symbol, base, quote, active: !this.inactive.has(symbol), ...facts };
      }),
    );
  }

  reloadMarkets(): Promise<Result<readonly Market[], ExchangeFailure>> {
    return this.reloadFailure ? Promise.resolve({ ok: false, error: this.reloadFailure }) : this.markets();
  }

  fetchCandles(query: CandleQuery): Promise<Result<CandlePage, ExchangeFailure>> {
    this.queries.push(query);
    assert(query.limit <= this.candlesPerRequest, 'asked for one page');
    const rows = this.rowsOf(query.symbol, query.timeframe).filter(
      (row) => row[0] < (query.untilMs ?? Infinity) && row[0] >= (query.sinceMs ?? 0),
    );
    const closed = query.sinceMs === undefined ? rows.slice(-query.limit) : rows.slice(0, query.limit);
    return this.#answer({
      closed,
      forming: query.untilMs === undefined ? this.forming : null,
      exchangeTimeMs: this.nowMs,
    });
  }

  fetchTrades(): Promise<Result<TradePage, ExchangeFailure>> {
    return this.#answer({ trades: [], exchangeTimeMs: this.nowMs });
  }

  keyPermissions(keys: SealedKeys): Promise<Result<KeyPermissions, ExchangeFailure>> {
    this.keysAsked.push(keys);
    return this.#answer(this.permissions);
  }

  watchCandles(key: Watched): void {
    this.watched.set(`${key.symbol} ${key.timeframe}`, { ...key });
    const missed = this.rowsOf(key.symbol, key.timeframe).filter((row) => row[0] > key.afterMs);
    if (missed.length > 0) queueMicrotask(() => this.heal(key.symbol, key.timeframe, missed, []));
  }

  unwatchCandles(key: { symbol: string; timeframe: Timeframe }): void {
    this.watched.delete(`${key.symbol} ${key.timeframe}`);
  }

  watchTickers(symbols: readonly string[]): void {
    this.tickerSymbols = symbols;
  }

  subscribe(listener: (event: ExchangeEvent) => void): () => void {
    this.#listeners.add(listener);
    listener({ kind: 'status', state: 'live', sinceMs: 1, lastMessageMs: null, reason: '' });
    return () => this.#listeners.delete(listener);
  }

  close(): Promise<void> {
    this.#listeners.clear();
    return Promise.resolve();
  }

  rowsOf(symbol: string, timeframe: Timeframe): CandleRow[] {
    const key = `${symbol} ${timeframe}`;
    const rows = this.closed.get(key) ?? [];
    this.closed.set(key, rows);
    return rows;
  }

  /** A forming candle arrives. */
  tellForming(candle: CandleRow, symbol = 'BTC/USDT', timeframe: Timeframe = '1m'): void {
    this.forming = candle;
    this.#move(candle[0]);
    this.emit({ kind: 'forming', symbol, timeframe, candle, exchangeTimeMs: this.nowMs, receivedAtMs: Date.now() });
  }

  /** A candle closes, at REST and on the stream. */
  tellClosed(candle: CandleRow, symbol = 'BTC/USDT', timeframe: Timeframe = '1m'): void {
    this.rowsOf(symbol, timeframe).push(candle);
    if (this.forming?.[0] === candle[0]) this.forming = null;
    this.#move(candle[0] + 1);
    this.emit({ kind: 'closed', symbol, timeframe, candle, exchangeTimeMs: this.nowMs, receivedAtMs: Date.now() });
  }

  /** Candles found after a fault. */
  heal(symbol: string, timeframe: Timeframe, candles: readonly CandleRow[], gaps: readonly Gap[]): void {
    this.emit({ kind: 'healed', symbol, timeframe, candles, gaps });
  }

  tellTickers(tickers: readonly Ticker[]): void {
    this.emit({ kind: 'tickers', tickers });
  }

  emit(event: ExchangeEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  #move(timeMs: number): void {
    this.nowMs = Math.max(this.nowMs, timeMs);
  }

  #answer<T>(value: T): Promise<Result<T, ExchangeFailure>> {
    return Promise.resolve(this.failure ? { ok: false, error: this.failure } : ok(value));
  }
}

/** A sound candle opening at `openTimeMs`, different for each open time. */
export function candleAt(openTimeMs: number, shift = 0): CandleRow {
  const price = 100 + ((openTimeMs / 60_000) % 97) + shift;
  return [openTimeMs, price, price + 2, price - 1, price + 1, 1 + ((openTimeMs / 60_000) % 13)];
}

/** `count` one-minute candles, the last of which closes at `endMs`. */
export const minutesUntil = (endMs: number, count: number): CandleRow[] =>
  Array.from({ length: count }, (_, index) => candleAt(openTimeAt('1m', endMs) - (count - index) * 60_000));
