import { isTimeframe } from '@wickworks/core';
import { dropSockets, openExchange, type CcxtExchange } from '../ccxt-class.js';
import { failureOf } from '../failure.js';
import type { VenueProfile } from '../venues/profile.js';
import { keyOf, type CandleFeed, type FeedListener, type FeedParts, type FeedSeries } from './feed.js';

/** Streams one SUBSCRIBE message may name. */
const SERIES_PER_CALL = 200;
/** Several wishes within this time share one message. */
const GATHER_MS = 20;
/** A series nobody wants any more stays subscribed this long: often somebody wants it again. */
const LINGER_MS = 10_000;
/** Floor between two attempts; CCXT itself spaces the dials. */
const RETRY_MS = 200;

/**
 * Candles with the exchange's own closed flag, read from the raw message: every update counts, so no update can be
 * lost between two watch calls. The watch calls only subscribe; one that fails is made again.
 */
export class FlaggedFeed implements CandleFeed {
  readonly #exchange: CcxtExchange;
  readonly #source: CcxtExchange;
  readonly #profile: VenueProfile;
  readonly #listener: FeedListener;
  readonly #wanted = new Map<string, FeedSeries>();
  readonly #subscribed = new Set<string>();
  /** Being unsubscribed: subscribing again before the exchange confirmed would have no effect. */
  readonly #leaving = new Set<string>();
  #timer: NodeJS.Timeout | null = null;
  #closed = false;

  constructor({ cls, settings, source, profile, listener }: FeedParts) {
    this.#source = source;
    this.#profile = profile;
    this.#listener = listener;
    this.#exchange = openExchange(cls, settings, {
      connected: () => listener.connected([...this.#wanted.values()]),
      lost: (reason) => this.#lost(reason),
      candle: (message) => this.#candle(message),
    });
    this.adoptMarkets();
  }

  adoptMarkets(): void {
    this.#exchange.setMarketsFromExchange(this.#source);
  }

  add(series: FeedSeries): void {
    this.#wanted.set(keyOf(series), series);
    this.#subscribeSoon(GATHER_MS);
  }

  remove(series: FeedSeries): void {
    this.#wanted.delete(keyOf(series));
    setTimeout(() => this.#unsubscribe(series), LINGER_MS).unref();
  }

  #unsubscribe(series: FeedSeries): void {
    const key = keyOf(series);
    const { heartbeat } = this.#profile;
    const isHeartbeat = heartbeat !== undefined && keyOf(heartbeat) === key;
    if (this.#closed || isHeartbeat || this.#wanted.has(key) || !this.#subscribed.delete(key)) return;
    this.#leaving.add(key);
    this.#exchange
      .unWatchOHLCVForSymbols([[series.symbol, series.timeframe]])
      .catch(() => undefined) // the connection ended meanwhile, and with it the subscription
      .finally(() => {
        this.#leaving.delete(key);
        if (this.#wanted.has(key)) this.#subscribeSoon(GATHER_MS);
      });
  }

  recycle(reason: string): void {
    dropSockets(this.#exchange, new Error(reason));
    this.#subscribed.clear();
    this.#subscribeSoon(RETRY_MS);
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
    await this.#exchange.close();
  }

  #lost(reason: string): void {
    if (this.#closed) return;
    this.#listener.lost(reason);
    this.#subscribed.clear();
    this.#subscribeSoon(RETRY_MS);
  }

  #subscribeSoon(delayMs: number): void {
    if (this.#closed || this.#timer) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#subscribe();
    }, delayMs);
  }

  #subscribe(): void {
    const { heartbeat } = this.#profile;
    const wanted = [...this.#wanted.values()];
    if (heartbeat && wanted.length > 0 && this.#exchange.markets?.[heartbeat.symbol]) wanted.push(heartbeat);
    const missing = new Map(wanted.map((series) => [keyOf(series), series] as const));
    for (const key of [...this.#subscribed, ...this.#leaving]) missing.delete(key);
    const list = [...missing.values()];
    for (let start = 0; start < list.length; start += SERIES_PER_CALL) {
      const chunk = list.slice(start, start + SERIES_PER_CALL);
      for (const series of chunk) this.#subscribed.add(keyOf(series));
      this.#exchange
        .watchOHLCVForSymbols(chunk.map(({ symbol, timeframe }) => [symbol, timeframe] as const))
        .catch((error: unknown) => this.#refused(chunk, error));
    }
  }

  #refused(chunk: readonly FeedSeries[], error: unknown): void {
    if (this.#closed || chunk.every((series) => !this.#subscribed.has(keyOf(series)))) return;
    const reason = failureOf(error);
    if (reason.kind === 'closed') return; // an unsubscribe rejects the call that subscribed
    // CCXT keeps the mark of a refused subscription, so that asking again would send nothing: a new socket does.
    this.recycle(reason.message);
    this.#listener.lost(reason.message);
  }

  #candle(message: unknown): void {
    const flagged = this.#profile.readFlagged?.(message);
    if (!flagged) return;
    const timeframe = this.#exchange.findTimeframe(flagged.interval);
    if (timeframe === undefined || !isTimeframe(timeframe)) return;
    const symbol = this.#exchange.safeSymbol(flagged.marketId, undefined, undefined, 'spot');
    this.#listener.update(
      { symbol, timeframe },
      {
        candle: flagged.candle,
        closed: flagged.closed,
        eventTimeMs: flagged.eventTimeMs,
        exchangeTimeMs: flagged.eventTimeMs,
        receivedAtMs: Date.now(),
      },
    );
  }
}
