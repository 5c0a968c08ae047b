import { LiveSeries, sliceColumns, type OhlcvClient, type Subscription } from '@wickworks/client';
import { lowerBound, type CandleColumns, type CandleRow, type Gap, type SeriesKey } from '@wickworks/core';
import { afterLastHole, type CandleKeeper } from './cached-candles.js';
import { ExchangeClock } from './exchange-clock.js';
import { FrameNotifier } from './frame-notifier.js';
import type { SeriesPhase, SeriesState, SeriesStore } from './hooks-api.js';

export interface SeriesServices {
  readonly ohlcv: OhlcvClient;
  readonly cache: CandleKeeper;
}

/** Candles asked for at first, and per page of history. */
const SNAPSHOT_CANDLES = 1_000;
const PAGE_CANDLES = 5_000;
/** Confirmed candles go to the cache this long after they arrive, many at once. */
const SAVE_AFTER_MS = 3_000;

/** One live series outside React: cache first, then the server's stream; see {@link SeriesStore}. */
export class LiveSeriesStore implements SeriesStore {
  readonly key: SeriesKey;
  readonly #services: SeriesServices;
  readonly #series: LiveSeries;
  readonly #clock: ExchangeClock;
  readonly #notifier = new FrameNotifier();
  #subscription: Subscription | undefined;
  #stopListening: (() => void) | undefined;
  #hasSnapshot = false;
  #isLoading = false;
  #state: SeriesState = { phase: 'loading', problem: null, lastMessageMs: null };
  #version = 0;
  #lastNewsMs: number | null = null;
  #saveTimer: ReturnType<typeof setTimeout> | undefined;
  /** Oldest open time confirmed but not yet in the cache. */
  #unsavedFromMs = Infinity;

  constructor(key: SeriesKey, services: SeriesServices) {
    this.key = key;
    this.#services = services;
    this.#series = new LiveSeries(key.timeframe);
    this.#clock = new ExchangeClock(key.timeframe);
  }

  get candles(): CandleColumns {
    return this.#series.candles;
  }
  get forming(): boolean {
    return this.#series.forming;
  }
  get version(): number {
    return this.#version;
  }
  get prepended(): number {
    return this.#series.prepended;
  }
  get generation(): number {
    return this.#series.generation;
  }
  get gaps(): readonly Gap[] {
    return this.#series.gaps;
  }
  get history(): 'more' | 'loading' | 'complete' {
    if (this.#isLoading) return 'loading';
    return this.#series.complete ? 'complete' : 'more';
  }
  /** The same object until something in it changes. */
  get state(): SeriesState {
    return this.#state;
  }

  /** When the last candle arrived, this machine's clock. */
  get lastNewsMs(): number | null {
    return this.#lastNewsMs;
  }

  subscribe(listener: () => void): () => void {
    return this.#notifier.subscribe(listener);
  }

  getVersion(): number {
    return this.#version;
  }

  exchangeNow(): number | null {
    const wallMs = Date.now();
    const offsetMs = this.#services.ohlcv.state.serverClockOffsetMs;
    return this.#clock.now(wallMs, offsetMs === null ? null : wallMs + offsetMs);
  }

  /** Begins, or begins again behind what is already here. */
  start(): void {
    if (this.#subscription) return;
    const { ohlcv, cache } = this.#services;
    const { exchange, symbol, timeframe } = this.key;
    if (this.candles.length === 0) void cache.read(this.key, SNAPSHOT_CANDLES).then((cached) => this.#seed(cached));
    this.#subscription = ohlcv.subscribe(
      { exchange, symbol, timeframe, limit: SNAPSHOT_CANDLES },
      {
        onSnapshot: (news) => {
          this.#series.snapshot(news);
          this.#hasSnapshot = true;
          if (this.forming) this.#clock.forming(this.candles.time[this.candles.length - 1]!);
          this.#confirmed(news.candles.time[0] ?? Infinity);
          this.#changed();
          void this.#verifyOlder();
        },
        onCandle: ({ candle, closed }) => this.#onCandle(candle, closed),
        onBackfill: ({ candles, gaps }) => {
          this.#series.backfill(candles, gaps);
          this.#confirmed(candles.length > 0 ? candles.time[0]! : Infinity);
          this.#changed();
        },
        onCorrection: ({ candle }) => {
          this.#series.correction(candle);
          this.#confirmed(candle[0]);
          this.#changed();
        },
        onStatus: () => this.#changed(),
        onState: ({ phase }) => {
          if (phase !== 'live') this.#clock.forget();
          this.#changed();
        },
      },
    );
    this.#stopListening = ohlcv.onState(() => this.#refreshState());
  }

  /** Ends the stream; what is here stays readable. */
  stop(): void {
    this.#stopListening?.();
    this.#subscription?.unsubscribe();
    this.#subscription = undefined;
    this.#hasSnapshot = false;
    this.#clock.forget();
    this.#save();
    this.#refreshState();
  }

  /** Asks again at once, instead of when the next attempt is due. */
  retry(): void {
    if (!this.#subscription) return;
    this.stop();
    this.start();
  }

  requestHistory(beforeMs: number): void {
    if (this.#isLoading || this.#series.complete || beforeMs > (this.candles.time[0] ?? 0)) return;
    void this.#loadOlder();
  }

  #onCandle(row: CandleRow, closed: boolean): void {
    this.#series.candle(row, closed);
    this.#lastNewsMs = Date.now();
    if (closed) {
      this.#clock.closed(row[0], this.#lastNewsMs);
      this.#confirmed(row[0]);
    } else {
      this.#clock.forming(row[0]);
    }
    this.#changed();
  }

  #seed(cached: { candles: CandleColumns; gaps: readonly Gap[] }): void {
    if (this.#series.seed(cached)) this.#changed();
    if (this.#hasSnapshot) void this.#verifyOlder();
  }

  /** One more stretch of the past: from the cache at once, then confirmed or corrected by the server. */
  async #loadOlder(): Promise<void> {
    const firstMs = this.candles.time[0];
    if (firstMs === undefined || this.candles.length === 0) return;
    this.#isLoading = true;
    this.#changed();
    const cached = await this.#services.cache.read(this.key, SNAPSHOT_CANDLES, firstMs);
    if (this.#series.seed(cached)) this.#changed();
    const isFetched = await this.#fetchPage();
    this.#isLoading = false;
    this.#changed();
    if (isFetched) await this.#verifyOlder();
  }

  /** Has the server confirm candles that came from the cache, page by page. */
  async #verifyOlder(): Promise<void> {
    while (this.#subscription && this.#hasUnverified()) if (!(await this.#fetchPage())) return;
  }

  #hasUnverified(): boolean {
    const { verifiedFromMs } = this.#series;
    return verifiedFromMs !== null && this.candles.length > 0 && verifiedFromMs > this.candles.time[0]!;
  }

  /** `false` when nothing came of it. */
  async #fetchPage(): Promise<boolean> {
    const before = this.#series.verifiedFromMs;
    if (before === null || before === Infinity || !this.#subscription) return false;
    const page = await this.#subscription.history({ before, limit: PAGE_CANDLES });
    if (!page.ok || !this.#series.history(page.value, before)) return false;
    this.#confirmed(page.value.candles.length > 0 ? page.value.candles.time[0]! : Infinity);
    this.#changed();
    return page.value.candles.length > 0;
  }

  #confirmed(fromMs: number): void {
    this.#unsavedFromMs = Math.min(this.#unsavedFromMs, fromMs);
    this.#saveTimer ??= setTimeout(() => this.#save(), SAVE_AFTER_MS);
  }

  #save(): void {
    clearTimeout(this.#saveTimer);
    this.#saveTimer = undefined;
    const fromMs = Math.max(this.#unsavedFromMs, this.#series.verifiedFromMs ?? Infinity);
    this.#unsavedFromMs = Infinity;
    const start = lowerBound(this.candles, fromMs);
    const fresh = sliceColumns(this.candles, start, Math.max(start, this.#series.closedCount));
    // A hole that the source does not explain is still to be healed: only what lies behind it is kept.
    const candles = afterLastHole({ candles: fresh, gaps: this.gaps }, this.key.timeframe);
    void this.#services.cache.write(this.key, { candles, gaps: this.gaps });
  }

  #changed(): void {
    this.#version++;
    this.#refreshState();
    this.#notifier.changed();
  }

  #refreshState(): void {
    const state = this.#subscription?.state;
    const phase = this.#phase();
    const problem = state?.problem ?? null;
    const status = this.#services.ohlcv.status(this.key.exchange);
    const lastMessageMs = status?.lastMessageMs ?? this.#state.lastMessageMs;
    if (phase === this.#state.phase && problem === this.#state.problem && lastMessageMs === this.#state.lastMessageMs)
      return;
    this.#state = { phase, problem, lastMessageMs };
    this.#notifier.changed();
  }

  #phase(): SeriesPhase {
    const { ohlcv } = this.#services;
    const subscription = this.#subscription?.state;
    if (subscription?.phase === 'failed') return 'failed';
    if (ohlcv.state.state === 'lost' || (ohlcv.state.state !== 'open' && this.#hasSnapshot)) return 'lost';
    if (subscription?.phase !== 'live') return this.candles.length > 0 ? 'cached' : 'loading';
    if (subscription.isUnlisted) return 'unlisted';
    switch (ohlcv.status(this.key.exchange)?.state) {
      case 'live':
        return 'live';
      case 'stale':
      case 'connecting':
        return 'stale';
      case 'down':
        return 'down';
      case undefined:
        return this.candles.length > 0 ? 'cached' : 'loading';
    }
  }
}
