import type { ConnectionState, Result, Timeframe } from '@wickworks/core';
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
  TradeQuery,
} from '@wickworks/exchange';
import type { SourceEvent } from './series-event.js';
import type { StoreHealth } from './store-health.js';

/** What the connection to an exchange is worth since when. */
export interface ExchangeStatus {
  readonly exchange: string;
  readonly state: ConnectionState;
  readonly sinceMs: number;
  readonly lastMessageMs: number | null;
  readonly reason: string;
}

type SeriesListener = (event: SourceEvent) => void;
const keyOf = (symbol: string, timeframe: Timeframe): string => `${symbol} ${timeframe}`;

/** One exchange as the server's rooms see it: its news sorted by series, its latest status, its facts as last asked. */
export class ExchangeFeed {
  readonly #connection: ExchangeConnection;
  readonly #series = new Map<string, SeriesListener>();
  readonly #statusListeners = new Set<(status: ExchangeStatus) => void>();
  readonly #tickerListeners = new Set<(tickers: readonly Ticker[]) => void>();
  readonly #health: StoreHealth;
  readonly #unsubscribe: () => void;
  readonly #unwatchHealth: () => void;
  /** As the connection has it. */
  #status: ExchangeStatus;
  /** As it was last told. */
  #told: ExchangeStatus;
  #lastCandleAtMs: number | null = null;
  #healedCandles = 0;
  #capabilities: ExchangeCapabilities | undefined;
  #markets: ReadonlyMap<string, Market> | undefined;
  #marketsFault: ExchangeFailure | null = null;

  /** Listens at once; `nowMs` stamps the time before the first status. */
  constructor(connection: ExchangeConnection, health: StoreHealth, nowMs: number) {
    this.#connection = connection;
    this.#health = health;
    this.#status = {
      exchange: connection.id,
      state: 'connecting',
      sinceMs: nowMs,
      lastMessageMs: null,
      reason: 'starting',
    };
    this.#told = this.#status;
    this.#unsubscribe = connection.subscribe((event) => this.#onEvent(event));
    this.#unwatchHealth = health.onChange(() => this.#tellStatus());
  }

  get id(): string {
    return this.#connection.id;
  }

  get title(): string {
    return this.#connection.title;
  }

  /**
   * The latest status; its `lastMessageMs` is that of the newest candle when that came later. While closed candles
   * cannot be stored they are held back, so that what clients see is stale however live the connection is.
   */
  get status(): ExchangeStatus {
    const own = this.#status;
    const seen = this.#lastCandleAtMs;
    const lastMessageMs = seen === null ? own.lastMessageMs : Math.max(own.lastMessageMs ?? 0, seen);
    const fault = own.state === 'live' ? this.#health.faultOf(this.id) : null;
    if (!fault) return { ...own, lastMessageMs };
    const reason = `closed candles cannot be stored: ${fault.message}`;
    return { ...own, state: 'stale', sinceMs: fault.sinceMs, lastMessageMs, reason };
  }

  /** Candles fetched after faults since the start. */
  get healedCandles(): number {
    return this.#healedCandles;
  }

  /** What the exchange can do if that is known by now, without asking. */
  get knownCapabilities(): ExchangeCapabilities | null {
    return this.#capabilities ?? null;
  }

  /** What the exchange can do; asked until it answered once. */
  async capabilities(): Promise<Result<ExchangeCapabilities, ExchangeFailure>> {
    if (this.#capabilities) return { ok: true, value: this.#capabilities };
    const answer = await this.#connection.capabilities();
    if (answer.ok) this.#capabilities = answer.value;
    return answer;
  }

  /** Markets by symbol; asked until the exchange answered once. */
  async markets(): Promise<Result<ReadonlyMap<string, Market>, ExchangeFailure>> {
    if (this.#markets) return { ok: true, value: this.#markets };
    return this.#takeMarkets(await this.#connection.markets());
  }

  /** Asks the exchange for its markets anew: it may list others by now, or trade in other steps. A failure keeps the old. */
  async reloadMarkets(): Promise<Result<ReadonlyMap<string, Market>, ExchangeFailure>> {
    const answer = await this.#connection.reloadMarkets();
    this.#marketsFault = answer.ok ? null : answer.error;
    return this.#takeMarkets(answer);
  }

  /** Why the markets are not known as they are now, or `null`. */
  get marketsFault(): ExchangeFailure | null {
    return this.#marketsFault;
  }

  #takeMarkets(
    answer: Result<readonly Market[], ExchangeFailure>,
  ): Result<ReadonlyMap<string, Market>, ExchangeFailure> {
    if (!answer.ok) return answer;
    this.#markets = new Map(answer.value.map((market) => [market.symbol, market]));
    return { ok: true, value: this.#markets };
  }

  /** What keys may do, as the exchange itself says. */
  keyPermissions(keys: SealedKeys): Promise<Result<KeyPermissions, ExchangeFailure>> {
    return this.#connection.keyPermissions(keys);
  }

  /** One page of candles from the exchange. */
  fetchCandles(query: CandleQuery): Promise<Result<CandlePage, ExchangeFailure>> {
    return this.#connection.fetchCandles(query);
  }

  /** One page of trades from the exchange. */
  fetchTrades(query: TradeQuery): Promise<Result<TradePage, ExchangeFailure>> {
    return this.#connection.fetchTrades(query);
  }

  /** Starts the stream of a series, of which there is one listener; returns what stops it. */
  watchCandles(key: { symbol: string; timeframe: Timeframe; afterMs: number }, listener: SeriesListener): () => void {
    const id = keyOf(key.symbol, key.timeframe);
    this.#series.set(id, listener);
    this.#connection.watchCandles(key);
    return () => {
      if (this.#series.get(id) !== listener) return;
      this.#series.delete(id);
      this.#connection.unwatchCandles(key);
    };
  }

  /** Replaces the set of symbols whose tickers are wanted. */
  watchTickers(symbols: readonly string[]): void {
    this.#connection.watchTickers(symbols);
  }

  /** Tells every change of status; returns the unsubscribe. */
  onStatus(listener: (status: ExchangeStatus) => void): () => void {
    this.#statusListeners.add(listener);
    return () => this.#statusListeners.delete(listener);
  }

  /** Tells tickers as they come; returns the unsubscribe. */
  onTickers(listener: (tickers: readonly Ticker[]) => void): () => void {
    this.#tickerListeners.add(listener);
    return () => this.#tickerListeners.delete(listener);
  }

  /** Ends the connection and its worker. */
  async close(): Promise<void> {
    this.#unsubscribe();
    this.#unwatchHealth();
    await this.#connection.close();
  }

  #onEvent(event: ExchangeEvent): void {
    switch (event.kind) {
      case 'status':
        this.#onStatus(event);
        return;
      case 'tickers':
        for (const listener of this.#tickerListeners) listener(event.tickers);
        return;
      case 'series-failed':
        // Retryable: the connection is still at it, and its status says so.
        if (event.failure.retryable) return;
        this.#series.get(keyOf(event.symbol, event.timeframe))?.({ kind: 'failed', failure: event.failure });
        return;
      case 'corrected':
        // The store compares it with what it holds, which is what makes it a correction for everyone.
        this.#series.get(keyOf(event.symbol, event.timeframe))?.({
          kind: 'healed',
          candles: [event.candle],
          gaps: [],
        });
        return;
      case 'healed':
        this.#healedCandles += event.candles.length;
        this.#series.get(keyOf(event.symbol, event.timeframe))?.(event);
        return;
      case 'forming':
      case 'closed':
        this.#lastCandleAtMs = event.receivedAtMs;
        this.#series.get(keyOf(event.symbol, event.timeframe))?.(event);
    }
  }

  #onStatus(event: Extract<ExchangeEvent, { kind: 'status' }>): void {
    this.#status = {
      exchange: this.id,
      state: event.state,
      sinceMs: event.sinceMs,
      lastMessageMs: event.lastMessageMs,
      reason: event.reason,
    };
    this.#tellStatus();
  }

  #tellStatus(): void {
    const { status } = this;
    const isNews = status.state !== this.#told.state || status.reason !== this.#told.reason;
    this.#told = status;
    if (isNews) for (const listener of this.#statusListeners) listener(status);
  }
}
