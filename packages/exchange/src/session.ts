import { err, ok, Turns, type Result, type Timeframe } from '@wickworks/core';
import { backoffMs } from './backoff.js';
import { CandleStream, type CandleStreamInput, type CandleStreamOutput } from './candle-stream.js';
import { openExchange, type CcxtClass, type CcxtExchange } from './ccxt-class.js';
import { failure } from './failure.js';
import { openFeed } from './feeds/open-feed.js';
import { askPermissions } from './key-permissions.js';
import { keyOf, type CandleFeed, type FeedListener, type FeedSeries } from './feeds/feed.js';
import { TickerFeed } from './feeds/ticker-feed.js';
import type { Answers, Question, WatchedSeries } from './messages.js';
import type { ExchangeConfig, ExchangeEvent, ExchangeFailure, Market } from './ports.js';
import { RestSource } from './rest-source.js';
import { StatusKeeper } from './status-keeper.js';
import type { VenueProfile } from './venues/profile.js';

const TICK_MS = 200;
/** Pages under way at once: enough to heal many series quickly, few enough to leave room for other questions. */
const FETCHES_AT_ONCE = 6;
/** Questions for past candles or trades under way at once: a hundred at a time would wait for each other until all time out. */
const QUESTIONS_AT_ONCE = 4;
/** Where nothing is pushed, a series that moves is asked about this often. */
const POLL_MS = 5_000;
/** A status is repeated this often while news arrives, so that the age of the last message can be told. */
const STATUS_REFRESH_MS = 5_000;
/** With nothing watched, the exchange is asked for its time this often. */
const PROBE_MS = 15_000;
const LOAD_RETRY = { baseMs: 500, maxMs: 15_000 };

interface Series extends FeedSeries {
  readonly watch: number;
  readonly stream: CandleStream;
}

/** Everything about one exchange inside its worker: markets, watched series, tickers, status. */
export class Session {
  readonly #profile: VenueProfile;
  readonly #cls: CcxtClass;
  readonly #settings: object;
  readonly #rest: RestSource;
  readonly #restExchange: CcxtExchange;
  readonly #status: StatusKeeper;
  readonly #tell: (event: ExchangeEvent, watch: number | null) => void;
  readonly #series = new Map<string, Series>();
  readonly #fetches = new Turns({ atOnce: FETCHES_AT_ONCE });
  readonly #questions = new Turns({ atOnce: QUESTIONS_AT_ONCE });
  #feed: CandleFeed | null = null;
  #tickers: TickerFeed | null = null;
  #tickerSymbols: readonly string[] = [];
  readonly #timer: NodeJS.Timeout;
  #lastMessageMs: number | null = null;
  #sinceMs = Date.now();
  #statusToldMs = -Infinity;
  #toldMessageMs: number | null = null;
  #recycleAtMs = 0;
  #recycles = 0;
  #probeAtMs = 0;
  #closed = false;

  constructor(
    config: ExchangeConfig,
    profile: VenueProfile,
    cls: CcxtClass,
    tell: (event: ExchangeEvent, watch: number | null) => void,
  ) {
    this.#profile = profile;
    this.#cls = cls;
    this.#settings = profile.settings(config);
    this.#restExchange = openExchange(cls, this.#settings, {});
    this.#rest = new RestSource(this.#restExchange, profile);
    this.#status = new StatusKeeper(config.cadenceMs ?? profile.cadenceMs);
    this.#tell = tell;
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
    void this.#loadUntilDone();
  }

  /** Answers one question; failures are values. */
  async answer(question: Question): Promise<Result<Answers[keyof Answers], ExchangeFailure>> {
    if (question.about === 'candles') return this.#questions.take(() => this.#rest.fetchCandles(question.query));
    if (question.about === 'trades') return this.#questions.take(() => this.#rest.fetchTrades(question.query));
    if (question.about === 'keys') return askPermissions(question.keys, this.#profile, this.#cls, this.#settings);
    if (question.about === 'reload') return this.#reloadMarkets();
    const loaded = await this.#rest.load();
    if (!loaded.ok) return loaded;
    return ok(question.about === 'markets' ? this.#rest.markets() : this.#rest.capabilities());
  }

  watch(wanted: WatchedSeries): void {
    const key = keyOf(wanted);
    if (this.#series.has(key)) return;
    const { symbol, timeframe, watch } = wanted;
    const stream = new CandleStream(
      {
        timeframe,
        afterMs: wanted.afterMs,
        flagged: this.#profile.readFlagged !== undefined,
        settleMs: this.#profile.settleMs,
        restLagMs: this.#profile.restLagMs,
        ...this.#patienceOfQuiet,
        retry: { baseMs: 250, maxMs: 15_000 },
      },
      performance.now(),
    );
    const series = { symbol, timeframe, stream, watch };
    this.#series.set(key, series);
    if (this.#rest.loaded) this.#start(series);
  }

  /** After how much silence a series is asked about, at first and at most. */
  get #patienceOfQuiet(): { readonly quietMs: number; readonly quietMaxMs: number } {
    const { staleAfterMs } = this.#status;
    if (this.#feedPushes) return { quietMs: staleAfterMs, quietMaxMs: Math.max(30_000, staleAfterMs) };
    // The answers are the only news there is: rarer, and a market at rest would look like a lost connection.
    return { quietMs: Math.min(POLL_MS, staleAfterMs / 2), quietMaxMs: staleAfterMs / 2 };
  }

  unwatch(series: { readonly symbol: string; readonly timeframe: Timeframe }): void {
    if (this.#series.delete(keyOf(series))) this.#feed?.remove(series);
  }

  watchTickers(symbols: readonly string[]): void {
    this.#tickerSymbols = symbols;
    if (this.#rest.loaded) this.#startTickers();
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    this.#series.clear();
    await Promise.allSettled([this.#feed?.close(), this.#tickers?.close(), this.#restExchange.close()]);
  }

  // ---- loading ----

  async #loadUntilDone(): Promise<void> {
    for (let attempt = 0; !this.#closed; attempt++) {
      const loaded = await this.#rest.load();
      if (loaded.ok) break;
      this.#status.lost(loaded.error.message, performance.now());
      const pauseMs = Math.max(backoffMs(attempt, LOAD_RETRY), loaded.error.retryAfterMs ?? 0);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
    if (this.#closed) return;
    this.#status.loaded();
    for (const series of this.#series.values()) this.#start(series);
    this.#startTickers();
  }

  async #reloadMarkets(): Promise<Result<readonly Market[], ExchangeFailure>> {
    const present = await this.#rest.load();
    if (!present.ok) return present;
    const fresh = openExchange(this.#cls, this.#settings, {});
    const loaded = await new RestSource(fresh, this.#profile).load();
    await fresh.close();
    if (!loaded.ok) return loaded;
    if (this.#closed) return err(failure('closed', 'the connection was closed', false));
    this.#rest.adoptMarkets(fresh);
    this.#feed?.adoptMarkets();
    this.#tickers?.adoptMarkets();
    this.#startTickers();
    return ok(this.#rest.markets());
  }

  #start(series: Series): void {
    const refusal = this.#rest.refusal(series.symbol, series.timeframe);
    if (refusal) {
      this.#give(series, refusal);
      return;
    }
    this.#feed ??= openFeed({
      cls: this.#cls,
      settings: this.#settings,
      source: this.#restExchange,
      profile: this.#profile,
      mode: this.#rest.capabilities().candles,
      listener: this.#listener,
    });
    this.#feed.add({ symbol: series.symbol, timeframe: series.timeframe });
    this.#step(series, { kind: 'tick' });
  }

  #startTickers(): void {
    if (this.#closed || (this.#tickerSymbols.length === 0 && !this.#tickers)) return;
    this.#tickers ??= new TickerFeed({
      cls: this.#cls,
      settings: this.#settings,
      source: this.#restExchange,
      rest: this.#rest,
      mode: this.#rest.capabilities().tickers,
      tell: (tickers) => {
        if (this.#series.size === 0) this.#heard();
        this.#tell({ kind: 'tickers', tickers }, null);
      },
      failed: (reason) => {
        if (this.#series.size === 0) this.#status.lost(reason, performance.now());
      },
      connected: () => {
        if (this.#series.size === 0) this.#status.connected();
      },
    });
    this.#tickers.want(this.#tickerSymbols.filter((symbol) => this.#restExchange.markets?.[symbol] !== undefined));
  }

  // ---- news ----

  readonly #listener: FeedListener = {
    update: (series, update) => {
      this.#heard();
      const watched = this.#series.get(keyOf(series));
      if (watched) this.#step(watched, { kind: 'update', ...update });
    },
    connected: (carried) => {
      this.#status.connected();
      for (const { symbol, timeframe } of carried) {
        const watched = this.#series.get(keyOf({ symbol, timeframe }));
        if (watched) this.#step(watched, { kind: 'epoch' });
      }
    },
    lost: (reason) => {
      if (this.#series.size > 0) this.#status.lost(reason, performance.now());
    },
    refused: (series, reason) => {
      const watched = this.#series.get(keyOf(series));
      if (watched) this.#give(watched, reason);
    },
  };

  get #feedPushes(): boolean {
    return this.#rest.capabilities().candles !== 'poll';
  }

  #heard(): void {
    this.#lastMessageMs = Date.now();
    this.#status.heard(performance.now());
  }

  #step(series: Series, input: CandleStreamInput): void {
    const { symbol, timeframe } = series;
    for (const output of series.stream.step(input, performance.now())) {
      switch (output.kind) {
        case 'fetch':
          this.#fetch(series, output);
          break;
        case 'failed':
          this.#give(series, output.failure);
          break;
        default:
          this.#tell({ ...output, symbol, timeframe }, series.watch);
      }
    }
  }

  /** Tells that a series failed; given up for good, it no longer counts as watched. */
  #give(series: Series, reason: ExchangeFailure): void {
    const { symbol, timeframe } = series;
    this.#tell({ kind: 'series-failed', symbol, timeframe, failure: reason }, series.watch);
    if (!reason.retryable) this.unwatch(series);
  }

  #fetch(series: Series, ask: Extract<CandleStreamOutput, { kind: 'fetch' }>): void {
    const isWanted = () => this.#series.get(keyOf(series)) === series;
    void this.#fetches.take(async () => {
      if (!isWanted()) return;
      const page = await this.#rest.page(series.symbol, series.timeframe, ask.sinceMs);
      if (!isWanted()) return;
      if (page.ok && !this.#feedPushes) this.#heard();
      this.#step(
        series,
        page.ok
          ? { kind: 'page', request: ask.request, page: page.value, receivedAtMs: Date.now() }
          : { kind: 'page-failed', request: ask.request, failure: page.error },
      );
    });
  }

  // ---- time ----

  #tick(): void {
    const nowMs = performance.now();
    if (this.#rest.loaded) for (const series of this.#series.values()) this.#step(series, { kind: 'tick' });
    const watching = this.#series.size > 0 || (this.#tickers?.wanted ?? 0) > 0;
    let healed = true;
    let mute: string | null = null;
    for (const series of this.#series.values()) {
      healed &&= series.stream.synced;
      if (series.stream.mute && this.#feedPushes) mute ??= keyOf(series);
    }
    const changed = this.#status.judge({ watching, healed, mute }, nowMs);
    if (changed) this.#sinceMs = Date.now();
    const isDue = nowMs - this.#statusToldMs > STATUS_REFRESH_MS && this.#lastMessageMs !== this.#toldMessageMs;
    if (changed || isDue || this.#statusToldMs === -Infinity) this.#tellStatus(nowMs);
    this.#recycleIfMute(mute !== null, nowMs);
    if (!watching && this.#rest.loaded && nowMs >= this.#probeAtMs) this.#probe(nowMs);
  }

  #tellStatus(nowMs: number): void {
    this.#statusToldMs = nowMs;
    this.#toldMessageMs = this.#lastMessageMs;
    const { state, reason } = this.#status.verdict;
    this.#tell({ kind: 'status', state, reason, sinceMs: this.#sinceMs, lastMessageMs: this.#lastMessageMs }, null);
  }

  /** A socket that is open but mute is replaced, ever more rarely while that does not help. */
  #recycleIfMute(isSeriesMute: boolean, nowMs: number): void {
    if (!isSeriesMute && this.#status.silentForMs(nowMs) <= this.#status.staleAfterMs) {
      this.#recycles = 0;
      return;
    }
    if (nowMs < this.#recycleAtMs || this.#status.verdict.state === 'down') return;
    const pause = { baseMs: this.#status.staleAfterMs, maxMs: this.#profile.recycleMaxMs };
    this.#recycleAtMs = nowMs + backoffMs(this.#recycles++, pause);
    this.#feed?.recycle('the connection stayed silent');
    if (this.#series.size === 0) this.#tickers?.recycle('the connection stayed silent');
  }

  #probe(nowMs: number): void {
    this.#probeAtMs = nowMs + PROBE_MS;
    void this.#rest.probe().then((result) => {
      if (this.#series.size > 0) return;
      if (result.ok) this.#status.connected();
      else this.#status.lost(result.error.message, performance.now());
    });
  }
}
