import { assert, err, type Result } from '@wickworks/core';
import { Worker } from 'node:worker_threads';
import { backoffMs } from './backoff.js';
import { failure } from './failure.js';
import { keyOf } from './feeds/feed.js';
import type { Answers, FromWorker, Question, ToWorker, WatchedSeries, WorkerStart } from './messages.js';
import type {
  ExchangeConfig,
  ExchangeConnection,
  ExchangeEvent,
  ExchangeFailure,
  SealedKeys,
  TradeQuery,
} from './ports.js';
import { profileOf } from './venues/index.js';

/** What the host writes to; a pino logger fits. */
export interface ExchangeLogger {
  info(message: string): void;
  warn(message: string): void;
}

export interface ConnectOptions {
  /** Where the worker's code is; default: `worker.ts` beside this file. A bundled app names its own. */
  readonly workerUrl?: URL;
  readonly logger?: ExchangeLogger;
  /** A worker that does not answer a ping for this long is ended and started again; default 15 s. */
  readonly hungAfterMs?: number;
  /** A question unanswered for this long fails with `timeout`; default 60 s. */
  readonly answerWithinMs?: number;
}

type StatusEvent = Extract<ExchangeEvent, { kind: 'status' }>;

interface Waiting {
  readonly settle: (result: Result<Answers[keyof Answers], ExchangeFailure>) => void;
  readonly timer: NodeJS.Timeout;
}

const RESTART = { baseMs: 250, maxMs: 15_000 };
/** A worker that lived this long is forgiven its restarts. */
const STEADY_AFTER_MS = 30_000;
/** Loading CCXT on a busy machine takes a multiple of what an answer takes. */
const LOADING_PATIENCE = 4;
const CLOSE_WITHIN_MS = 3_000;

/** Connects to one exchange through a worker thread of its own; see {@link ExchangeConnection}. */
export function connectExchange(config: ExchangeConfig, options: ConnectOptions = {}): ExchangeConnection {
  assert(config.id !== 'local' || config.venueUrl, 'the local exchange needs venueUrl');
  return new WorkerConnection(config, options);
}

class WorkerConnection implements ExchangeConnection {
  readonly id: string;
  readonly title: string;
  readonly #config: ExchangeConfig;
  readonly #options: Required<Omit<ConnectOptions, 'logger'>> & Pick<ConnectOptions, 'logger'>;
  readonly #listeners = new Set<(event: ExchangeEvent) => void>();
  readonly #waiting = new Map<number, Waiting>();
  /** What is watched, each from the newest candle already told: a new worker takes over exactly there. */
  readonly #watched = new Map<string, WatchedSeries>();
  #tickerSymbols: readonly string[] = [];
  #status: StatusEvent;
  #worker: Worker | null = null;
  #startedMs = 0;
  #restarts = 0;
  #questions = 0;
  #watches = 0;
  #lastPongMs = 0;
  /** The present worker has spoken: its code is loaded. */
  #hasSpoken = false;
  readonly #pinger: NodeJS.Timeout;
  #restartTimer: NodeJS.Timeout | null = null;
  #closing = false;
  /** Why no worker can ever serve this exchange. */
  #unusable: ExchangeFailure | null = null;

  constructor(config: ExchangeConfig, options: ConnectOptions) {
    this.id = config.id;
    this.title = profileOf(config.id).title;
    this.#config = config;
    this.#options = {
      workerUrl: new URL('./worker.ts', import.meta.url),
      hungAfterMs: 15_000,
      answerWithinMs: 60_000,
      ...options,
    };
    this.#status = {
      kind: 'status',
      state: 'connecting',
      sinceMs: Date.now(),
      lastMessageMs: null,
      reason: 'starting',
    };
    this.#pinger = setInterval(() => this.#ping(), this.#options.hungAfterMs / 5);
    this.#pinger.unref();
    this.#start();
  }

  capabilities() {
    return this.#ask<'capabilities'>({ about: 'capabilities' });
  }

  markets() {
    return this.#ask<'markets'>({ about: 'markets' });
  }

  reloadMarkets() {
    return this.#ask<'reload'>({ about: 'reload' });
  }

  fetchCandles(query: Parameters<ExchangeConnection['fetchCandles']>[0]) {
    return this.#ask<'candles'>({ about: 'candles', query });
  }

  fetchTrades(query: TradeQuery) {
    return this.#ask<'trades'>({ about: 'trades', query });
  }

  keyPermissions(keys: SealedKeys) {
    return this.#ask<'keys'>({ about: 'keys', keys });
  }

  watchCandles(wanted: Parameters<ExchangeConnection['watchCandles']>[0]): void {
    const key = keyOf(wanted);
    if (this.#watched.has(key) || this.#closing) return;
    const series = { ...wanted, watch: ++this.#watches };
    this.#watched.set(key, series);
    this.#post({ kind: 'watch', series });
    if (this.#unusable) this.#giveUp(this.#unusable.message);
  }

  unwatchCandles(series: { symbol: string; timeframe: WatchedSeries['timeframe'] }): void {
    if (this.#watched.delete(keyOf(series))) this.#post({ kind: 'unwatch', series });
  }

  watchTickers(symbols: readonly string[]): void {
    this.#tickerSymbols = [...symbols];
    this.#post({ kind: 'tickers', symbols: this.#tickerSymbols });
  }

  subscribe(listener: (event: ExchangeEvent) => void): () => void {
    this.#listeners.add(listener);
    listener(this.#status);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#closing = true;
    clearInterval(this.#pinger);
    if (this.#restartTimer) clearTimeout(this.#restartTimer);
    this.#failWaiting(failure('closed', `the connection to ${this.title} was closed`, false));
    this.#listeners.clear();
    const worker = this.#worker;
    if (!worker) return;
    const closed = new Promise<void>((resolve) => {
      worker.once('exit', () => resolve());
      setTimeout(resolve, CLOSE_WITHIN_MS).unref();
    });
    this.#post({ kind: 'close' });
    await closed;
    await worker.terminate();
  }

  #ask<K extends keyof Answers>(question: Question): Promise<Result<Answers[K], ExchangeFailure>> {
    return new Promise((resolve) => {
      if (this.#unusable) {
        resolve(err(this.#unusable));
        return;
      }
      if (this.#closing) {
        resolve(err(failure('closed', `the connection to ${this.title} was closed`, false)));
        return;
      }
      const id = ++this.#questions;
      const timer = setTimeout(() => {
        this.#waiting.delete(id);
        resolve(err(failure('timeout', `${this.title} did not answer in time`, true)));
      }, this.#options.answerWithinMs);
      // The worker answers a question about K with a K (messages.ts).
      const settle = (result: Result<Answers[keyof Answers], ExchangeFailure>) =>
        resolve(result as Result<Answers[K], ExchangeFailure>);
      this.#waiting.set(id, { settle, timer });
      if (this.#worker) this.#post({ kind: 'ask', id, question });
      else this.#answered(id, err(failure('unavailable', `the worker of ${this.title} is being restarted`, true)));
    });
  }

  #answered(id: number, result: Result<Answers[keyof Answers], ExchangeFailure>): void {
    const waiting = this.#waiting.get(id);
    if (!waiting) return;
    this.#waiting.delete(id);
    clearTimeout(waiting.timer);
    waiting.settle(result);
  }

  #failWaiting(reason: ExchangeFailure): void {
    for (const id of [...this.#waiting.keys()]) this.#answered(id, err(reason));
  }

  #post(message: ToWorker): void {
    this.#worker?.postMessage(message);
  }

  // ---- the worker's life ----

  #start(): void {
    const worker = openWorker(this.#options.workerUrl, { config: this.#config });
    this.#worker = worker;
    this.#startedMs = this.#lastPongMs = performance.now();
    this.#hasSpoken = false;
    let reason = 'the worker ended';
    worker.on('message', (message: FromWorker) => {
      if (this.#worker === worker) this.#take(message);
    });
    worker.on('error', (error) => (reason = error instanceof Error ? error.message : String(error)));
    worker.on('exit', () => {
      if (this.#worker === worker) this.#ended(reason);
    });
    for (const series of this.#watched.values()) this.#post({ kind: 'watch', series });
    if (this.#tickerSymbols.length > 0) this.#post({ kind: 'tickers', symbols: this.#tickerSymbols });
  }

  #ended(reason: string): void {
    this.#worker = null;
    if (this.#closing || this.#unusable) return;
    if (performance.now() - this.#startedMs > STEADY_AFTER_MS) this.#restarts = 0;
    const pauseMs = backoffMs(this.#restarts++, RESTART);
    this.#options.logger?.warn(`${this.title}: ${reason}; starting a new worker in ${pauseMs} ms`);
    this.#failWaiting(failure('unavailable', `the worker of ${this.title} stopped: ${reason}`, true));
    this.#tell({
      kind: 'status',
      state: 'down',
      sinceMs: this.#status.state === 'down' ? this.#status.sinceMs : Date.now(),
      lastMessageMs: this.#status.lastMessageMs,
      reason: `adapter restarting: ${reason}`,
    });
    this.#restartTimer = setTimeout(() => this.#start(), pauseMs);
  }

  #giveUp(reason: string): void {
    this.#unusable = failure('unsupported', reason, false);
    this.#failWaiting(this.#unusable);
    this.#tell({ kind: 'status', state: 'down', sinceMs: Date.now(), lastMessageMs: null, reason });
    for (const series of [...this.#watched.values()]) {
      const { symbol, timeframe, watch } = series;
      this.#tell({ kind: 'series-failed', symbol, timeframe, failure: this.#unusable }, watch);
    }
  }

  #ping(): void {
    const worker = this.#worker;
    if (!worker) return;
    const patienceMs = this.#options.hungAfterMs * (this.#hasSpoken ? 1 : LOADING_PATIENCE);
    if (performance.now() - this.#lastPongMs > patienceMs) {
      // Its own exit event may take a while: the replacement does not wait for it.
      void worker.terminate();
      this.#ended(`no sign of life for ${patienceMs} ms`);
      return;
    }
    this.#post({ kind: 'ping' });
  }

  #take(message: FromWorker): void {
    this.#hasSpoken = true;
    this.#lastPongMs = performance.now();
    switch (message.kind) {
      case 'answer':
        this.#answered(message.id, message.result);
        break;
      case 'events':
        for (const { event, watch } of message.events) this.#tell(event, watch);
        break;
      case 'log':
        this.#options.logger?.[message.level](`${this.title}: ${message.text}`);
        break;
      case 'unusable':
        this.#giveUp(message.reason);
        break;
      case 'pong':
      case 'closed':
        break;
    }
  }

  #tell(event: ExchangeEvent, watch: number | null = null): void {
    if (event.kind === 'status') this.#status = event;
    else if (!this.#remember(event, watch)) return;
    for (const listener of this.#listeners) listener(event);
  }

  /** Moves the take-over point along; false for news of a series nobody watches any more. */
  #remember(event: Exclude<ExchangeEvent, StatusEvent>, watch: number | null): boolean {
    if (event.kind === 'tickers') return true;
    const series = this.#watched.get(keyOf(event));
    if (!series || series.watch !== watch) return false;
    if (event.kind === 'closed') this.#watched.set(keyOf(event), { ...series, afterMs: event.candle[0] });
    if (event.kind === 'healed') {
      const newestMs = Math.max(event.candles.at(-1)?.[0] ?? -Infinity, (event.gaps.at(-1)?.[1] ?? -Infinity) - 1);
      this.#watched.set(keyOf(event), { ...series, afterMs: newestMs });
    }
    if (event.kind === 'series-failed' && !event.failure.retryable) this.#watched.delete(keyOf(event));
    return true;
  }
}

/** Starts the worker's file: a bundle as it is, TypeScript source (development, tests) through tsx. */
function openWorker(url: URL, workerData: WorkerStart): Worker {
  if (!url.pathname.endsWith('.ts')) return new Worker(url, { workerData });
  // `--import tsx` registers nothing inside a worker thread of Node 20; its API does.
  const tsx = JSON.stringify(import.meta.resolve('tsx/esm/api'));
  const code = `import(${tsx}).then(({ register }) => { register(); return import(${JSON.stringify(url.href)}); });`;
  return new Worker(code, { eval: true, workerData });
}
