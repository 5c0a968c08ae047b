import type { CandleRow, Timeframe } from '@wickworks/core';
import { z } from 'zod';
import { dropSockets, openExchange, type CcxtExchange } from '../ccxt-class.js';
import { failureOf } from '../failure.js';
import { CandleRows } from '../candle-door.js';
import { TradeCandles, type TradeTick } from '../trade-candles.js';
import { keyOf, type CandleFeed, type FeedParts, type FeedSeries } from './feed.js';

const RETRY_MS = 500;

const Trades = z.array(
  z.object({ id: z.string().nullish(), timestamp: z.number(), price: z.number(), amount: z.number() }),
);

/** One CCXT instance with its sockets and the series they carry. */
interface Shard {
  readonly exchange: CcxtExchange;
  readonly series: Map<string, FeedSeries>;
  /** The timeframe each symbol was first watched in: CCXT keeps its channel open when nobody watches it any more. */
  readonly channels: Map<string, Timeframe>;
}

/**
 * Candles of exchanges without a closed flag: one watch loop per series (or, where only trades are pushed, per
 * series too, building the candle here), spread over as many instances as the exchange's sockets need.
 */
export class LoopFeed implements CandleFeed {
  readonly #parts: FeedParts;
  readonly #shards: Shard[] = [];
  #closed = false;

  constructor(parts: FeedParts) {
    this.#parts = parts;
  }

  add(series: FeedSeries): void {
    const key = keyOf(series);
    if (this.#shardOf(key)) return;
    const home = this.#shards.find((shard) => this.#hasRoom(shard, series)) ?? this.#openShard();
    home.series.set(key, series);
    if (!home.channels.has(series.symbol)) home.channels.set(series.symbol, series.timeframe);
    void this.#run(home, series);
  }

  remove(series: FeedSeries): void {
    const key = keyOf(series);
    const shard = this.#shardOf(key);
    if (!shard) return;
    shard.series.delete(key);
    const { exchange } = shard;
    const done =
      this.#parts.mode === 'native'
        ? exchange.has['unWatchOHLCV'] && exchange.unWatchOHLCV(series.symbol, series.timeframe)
        : exchange.has['unWatchTrades'] && !this.#holdsSymbol(shard, series) && exchange.unWatchTrades(series.symbol);
    if (done instanceof Promise) done.catch(() => undefined);
  }

  adoptMarkets(): void {
    for (const { exchange } of this.#shards) exchange.setMarketsFromExchange(this.#parts.source);
  }

  recycle(reason: string): void {
    for (const shard of this.#shards) dropSockets(shard.exchange, new Error(reason));
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#shards.map(({ exchange }) => exchange.close()));
  }

  #shardOf(key: string): Shard | undefined {
    return this.#shards.find(({ series }) => series.has(key));
  }

  #hasRoom(shard: Shard, { symbol, timeframe }: FeedSeries): boolean {
    const { profile, mode } = this.#parts;
    if (shard.series.size >= profile.seriesPerSocket) return false;
    if (mode !== 'native' || profile.symbolOncePerSocket !== true) return true;
    return (shard.channels.get(symbol) ?? timeframe) === timeframe;
  }

  #holdsSymbol(shard: Shard, { symbol }: FeedSeries): boolean {
    return [...shard.series.values()].some((series) => series.symbol === symbol);
  }

  #openShard(): Shard {
    const { cls, settings, source, listener } = this.#parts;
    const series = new Map<string, FeedSeries>();
    const exchange = openExchange(cls, settings, {
      connected: () => listener.connected([...series.values()]),
      lost: (reason) => this.#closed || listener.lost(reason),
    });
    exchange.setMarketsFromExchange(source);
    const shard: Shard = { exchange, series, channels: new Map() };
    this.#shards.push(shard);
    return shard;
  }

  async #run(shard: Shard, series: FeedSeries): Promise<void> {
    const key = keyOf(series);
    const isWanted = () => !this.#closed && shard.series.get(key) === series;
    const built = () => new TradeCandles(series.timeframe, (whole) => this.#tell(series, whole, null));
    let builder = built();
    while (isWanted()) {
      try {
        if (this.#parts.mode === 'native') {
          for (const row of await this.#candles(shard, series)) this.#tell(series, row, null);
        } else {
          const trades = await this.#trades(shard, series);
          if (!isWanted()) return;
          const candle = builder.take(trades);
          if (candle) this.#tell(series, candle, trades.at(-1)?.timeMs ?? null);
        }
      } catch (error) {
        if (!isWanted()) return;
        // What was missed meanwhile is unknown: a candle is built anew from the next boundary on.
        builder = built();
        const reason = failureOf(error);
        if (!reason.retryable && reason.kind !== 'closed') {
          shard.series.delete(key);
          this.#parts.listener.refused(series, reason);
          return;
        }
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
  }

  async #candles(shard: Shard, { symbol, timeframe }: FeedSeries): Promise<CandleRow[]> {
    return CandleRows.parse(await shard.exchange.watchOHLCV(symbol, timeframe));
  }

  async #trades(shard: Shard, { symbol }: FeedSeries): Promise<TradeTick[]> {
    const trades = Trades.parse(await shard.exchange.watchTrades(symbol));
    return trades.map(({ id, timestamp, price, amount }) => ({
      id: id ?? null,
      timeMs: timestamp,
      price,
      quantity: amount,
    }));
  }

  #tell(series: FeedSeries, candle: CandleRow, eventTimeMs: number | null): void {
    const receivedAtMs = Date.now();
    const exchangeTimeMs = eventTimeMs ?? receivedAtMs;
    this.#parts.listener.update(series, { candle, closed: null, eventTimeMs, exchangeTimeMs, receivedAtMs });
  }
}
