import {
  TIMEFRAMES,
  closeTimeOf,
  err,
  ok,
  openTimeAt,
  shiftOpenTime,
  timeframeMs,
  type CandleRow,
  type Result,
  type Timeframe,
} from '@wickworks/core';
import { z } from 'zod';
import { readCandles } from './candle-door.js';
import { hasSettled, type SourcePage } from './candle-stream.js';
import type { CcxtExchange } from './ccxt-class.js';
import { failure, failureOf, RefusedAnswer } from './failure.js';
import type {
  CandlePage,
  CandleQuery,
  ExchangeCapabilities,
  ExchangeFailure,
  Market,
  Ticker,
  TradePage,
} from './ports.js';
import { readTrades } from './trade-door.js';
import type { VenueProfile } from './venues/profile.js';

/** The offset between our clock and the exchange's is measured again this often. */
const OFFSET_MAX_AGE_MS = 600_000;

const Decimal = z.union([z.string(), z.number()]).nullish();
const MarketShape = z.object({
  symbol: z.string(),
  base: z.string(),
  quote: z.string(),
  spot: z.boolean().nullish(),
  active: z.boolean().nullish(),
  precision: z.object({ price: Decimal, amount: Decimal }).nullish(),
  limits: z.object({ cost: z.object({ min: Decimal }).nullish() }).nullish(),
});
const TickerShape = z.object({
  symbol: z.string(),
  last: z.number(),
  percentage: z.number().nullish(),
  quoteVolume: z.number().nullish(),
  timestamp: z.number().nullish(),
});

const ListedMarket = z.looseObject({ id: z.string(), symbol: z.string() });

type AskedCandles = Parameters<typeof readCandles>[1];

/** The exchange's REST side as we need it: markets, its clock, candle pages, and its failures as values. */
export class RestSource {
  readonly #exchange: CcxtExchange;
  readonly #profile: VenueProfile;
  #hasMarkets = false;
  #loading: Promise<Result<null, ExchangeFailure>> | null = null;
  #offset: { readonly ms: number; readonly measuredAtMs: number } | null = null;

  constructor(exchange: CcxtExchange, profile: VenueProfile) {
    this.#exchange = exchange;
    this.#profile = profile;
  }

  get loaded(): boolean {
    return this.#hasMarkets;
  }

  /** Loads the markets unless they are there; a failed attempt is forgotten so that the next call tries again. */
  load(): Promise<Result<null, ExchangeFailure>> {
    if (this.loaded) return Promise.resolve(ok(null));
    // `true`: CCXT remembers a failed first load for ever otherwise.
    this.#loading ??= this.#guard(async () => {
      await this.#exchange.loadMarkets(true);
      this.#hasMarkets = Object.keys(this.#exchange.markets ?? {}).length > 0;
      // Believed, it would make every symbol an unknown one, which is for good.
      if (!this.#hasMarkets) throw new RefusedAnswer(failure('unavailable', 'the exchange named no market', true));
      return null;
    }).finally(() => (this.#loading = null));
    return this.#loading;
  }

  /**
   * Takes over the markets that `fresh`, another instance of the class, has loaded: loading them anew here would make every
   * request wait for it, and fail with it. One no longer named stays, as not trading: what is watched of it goes on until
   * the exchange itself refuses it.
   */
  adoptMarkets(fresh: CcxtExchange): void {
    const named = fresh.markets ?? {};
    const gone = Object.values(this.#exchange.markets ?? {}).flatMap((raw) => {
      const market = ListedMarket.safeParse(raw);
      // One id under two symbols would make CCXT throw over every message about it.
      if (!market.success || market.data.symbol in named || market.data.id in (fresh.markets_by_id ?? {})) return [];
      return [{ ...market.data, active: false }];
    });
    if (gone.length > 0) fresh.setMarkets([...Object.values(named), ...gone], fresh.currencies);
    this.#exchange.setMarketsFromExchange(fresh);
  }

  capabilities(): ExchangeCapabilities {
    const { has, timeframes } = this.#exchange;
    const allowed = this.#profile.timeframes ?? TIMEFRAMES;
    return {
      candles: has['watchOHLCV'] ? 'native' : has['watchTrades'] ? 'trades' : 'poll',
      tickers: has['watchTickers'] ? 'native' : has['fetchTickers'] ? 'poll' : 'none',
      timeframes: allowed.filter((timeframe) => timeframes !== undefined && timeframe in timeframes),
      candlesPerRequest: this.#profile.rowsPerPage - 1,
    };
  }

  /** Spot markets; a market CCXT describes in an unexpected way is left out rather than half understood. */
  markets(): Market[] {
    const markets: Market[] = [];
    for (const raw of Object.values(this.#exchange.markets ?? {})) {
      const parsed = MarketShape.safeParse(raw);
      if (!parsed.success || parsed.data.spot === false) continue;
      const { symbol, base, quote, active, precision, limits } = parsed.data;
      markets.push({
        symbol,
        base,
        quote,
        active: active ?? true,
        priceTick: decimalText(precision?.price),
        quantityStep: decimalText(precision?.amount),
        notionalMin: decimalText(limits?.cost?.min),
      });
    }
    return markets.sort((a, b) => (a.symbol < b.symbol ? -1 : 1));
  }

  /** Why `symbol` in `timeframe` cannot be watched or fetched, or `null`. */
  refusal(symbol: string, timeframe: Timeframe): ExchangeFailure | null {
    if (this.#exchange.markets?.[symbol] === undefined) {
      return failure('unknown-symbol', `${this.#profile.title} has no market ${symbol}`, false);
    }
    if (!this.capabilities().timeframes.includes(timeframe)) {
      return failure('unsupported', `${this.#profile.title} has no candles of ${timeframe}`, false);
    }
    return null;
  }

  /** The exchange's clock, ms UTC. */
  async timeMs(): Promise<number> {
    if (this.#profile.clock === 'sample') return z.number().parse(await this.#exchange.fetchTime());
    const now = Date.now();
    if (!this.#offset || now - this.#offset.measuredAtMs > OFFSET_MAX_AGE_MS) {
      this.#offset = { ms: await this.#measureOffset(), measuredAtMs: now };
    }
    return Date.now() + this.#offset.ms;
  }

  /** The last known estimate of {@link timeMs} without asking. */
  get estimatedTimeMs(): number {
    return Date.now() + (this.#offset?.ms ?? 0);
  }

  /** Whether the exchange answers at all. */
  probe(): Promise<Result<null, ExchangeFailure>> {
    return this.#guard(async () => {
      if (this.#exchange.has['fetchTime']) await this.#exchange.fetchTime();
      return null;
    });
  }

  async #measureOffset(): Promise<number> {
    if (!this.#exchange.has['fetchTime']) return 0;
    const before = Date.now();
    const exchangeMs = z.number().parse(await this.#exchange.fetchTime());
    return Math.round(exchangeMs - (before + Date.now()) / 2);
  }

  /** Candles from `sinceMs` on, as many as the exchange gives at once. */
  page(symbol: string, timeframe: Timeframe, sinceMs: number): Promise<Result<SourcePage, ExchangeFailure>> {
    return this.#guard(async () => {
      const limit = this.#profile.rowsPerPage;
      const exchangeTimeMs = await this.timeMs();
      const asked = { symbol, timeframe, exchangeTimeMs };
      const rows = (await this.#rows(asked, limit, sinceMs)).filter((row) => row[0] >= sinceMs);
      const last = rows.at(-1)?.[0] ?? null;
      return {
        rows,
        exchangeTimeMs,
        frontierMs: this.#profile.dense ? last : null,
        nextSinceMs: this.#nextSince(rows, { timeframe, sinceMs, limit, exchangeTimeMs }),
      };
    });
  }

  #nextSince(
    rows: readonly CandleRow[],
    asked: { timeframe: Timeframe; sinceMs: number; limit: number; exchangeTimeMs: number },
  ): number | null {
    const { timeframe, sinceMs, limit, exchangeTimeMs } = asked;
    const last = rows.at(-1)?.[0];
    if (this.#profile.dense) return rows.length >= limit && last !== undefined ? last : null;
    // Elsewhere an answer may end anywhere, or be empty in a hole wider than a page.
    const presentMs = shiftOpenTime(timeframe, openTimeAt(timeframe, exchangeTimeMs), -1);
    if (last !== undefined && last >= presentMs) return null;
    if (last !== undefined && last > sinceMs) return last;
    const windowEndMs = shiftOpenTime(timeframe, openTimeAt(timeframe, sinceMs), limit);
    return windowEndMs <= presentMs ? windowEndMs : null;
  }

  /** See {@link ExchangeConnection.fetchCandles}. */
  async fetchCandles(query: CandleQuery): Promise<Result<CandlePage, ExchangeFailure>> {
    const loaded = await this.load();
    if (!loaded.ok) return loaded;
    const refusal = this.refusal(query.symbol, query.timeframe);
    if (refusal) return err(refusal);
    return this.#guard(async () => {
      const { symbol, timeframe, sinceMs, untilMs = Infinity } = query;
      const limit = Math.max(1, Math.min(query.limit, this.#profile.rowsPerPage - 1));
      const exchangeTimeMs = await this.timeMs();
      // One row more than wanted: the row behind the last wanted one proves that it closed.
      const asked = { symbol, timeframe, exchangeTimeMs };
      const rows = await this.#rows(asked, limit + 1, this.#startOf(query, limit), this.#endOf(query));
      const page = { exchangeTimeMs, frontierMs: await this.#frontierOf(rows, query, asked) };
      const rules = { timeframe, settleMs: this.#profile.settleMs };
      const wanted = rows.filter((row) => row[0] >= (sinceMs ?? 0) && row[0] < untilMs);
      const settled = wanted.filter((row) => hasSettled(row[0], page, rules));
      const forming = wanted.find((row) => !hasSettled(row[0], page, rules)) ?? null;
      const closed = sinceMs === undefined ? settled.slice(-limit) : settled.slice(0, limit);
      const isCut = wanted.length > limit && sinceMs !== undefined;
      // A candle that opened meanwhile shows that time went on since the clock was asked.
      return {
        closed,
        forming: isCut ? null : forming,
        exchangeTimeMs: Math.max(exchangeTimeMs, page.frontierMs ?? 0),
      };
    });
  }

  /** The newest open time there is proof of; asks for the newest candle where a hole follows the rows. */
  async #frontierOf(rows: readonly CandleRow[], query: CandleQuery, asked: AskedCandles): Promise<number | null> {
    if (!this.#profile.dense) return null;
    const last = rows.at(-1)?.[0] ?? null;
    if (last === null || query.untilMs === undefined || last >= query.untilMs) return last;
    const newest = (await this.#rows(asked, 1)).at(-1)?.[0] ?? last;
    return Math.max(last, newest);
  }

  #startOf(query: CandleQuery, limit: number): number | undefined {
    if (query.sinceMs !== undefined) return query.sinceMs;
    if (query.untilMs === undefined || this.#profile.dense) return undefined;
    return shiftOpenTime(query.timeframe, openTimeAt(query.timeframe, query.untilMs - 1), -limit + 1);
  }

  #endOf(query: CandleQuery): number | undefined {
    if (query.untilMs === undefined || !this.#profile.dense) return undefined;
    return closeTimeOf(query.timeframe, openTimeAt(query.timeframe, query.untilMs - 1));
  }

  async #rows(asked: AskedCandles, limit: number, sinceMs?: number, untilMs?: number): Promise<CandleRow[]> {
    const params = untilMs === undefined ? {} : { until: untilMs };
    const raw = await this.#exchange.fetchOHLCV(asked.symbol, asked.timeframe, sinceMs, limit, params);
    return readCandles(raw, asked);
  }

  /** See {@link ExchangeConnection.fetchTrades}. */
  async fetchTrades({
    symbol,
    fromId,
  }: {
    readonly symbol: string;
    readonly fromId?: number;
  }): Promise<Result<TradePage, ExchangeFailure>> {
    const { title, tradesPerPage } = this.#profile;
    if (tradesPerPage === undefined)
      return err(
        failure('unsupported', `${title} does not give past trades by number: import them from a file`, false),
      );
    const loaded = await this.load();
    if (!loaded.ok) return loaded;
    if (this.#exchange.markets?.[symbol] === undefined)
      return err(failure('unknown-symbol', `${title} has no market ${symbol}`, false));
    return this.#guard(async () => {
      const exchangeTimeMs = await this.timeMs();
      const params = fromId === undefined ? {} : { fromId };
      const raw = await this.#exchange.fetchTrades(symbol, undefined, tradesPerPage, params);
      return { trades: readTrades(raw, symbol), exchangeTimeMs };
    });
  }

  /** The newest ticker of each of `symbols`, by REST. */
  fetchTickers(symbols: readonly string[]): Promise<Result<Ticker[], ExchangeFailure>> {
    return this.#guard(async () => readTickers(await this.#exchange.fetchTickers(symbols), this.estimatedTimeMs));
  }

  async #guard<T>(work: () => Promise<T>): Promise<Result<T, ExchangeFailure>> {
    try {
      return ok(await work());
    } catch (error) {
      const mapped = failureOf(error);
      const retryAfterMs = mapped.kind === 'rate-limited' ? this.#retryAfterMs() : null;
      return err(retryAfterMs === null ? mapped : { ...mapped, retryAfterMs });
    }
  }

  #retryAfterMs(): number | null {
    const headers = this.#exchange.last_response_headers;
    if (typeof headers !== 'object' || headers === null) return null;
    for (const [name, value] of Object.entries(headers)) {
      const seconds = name.toLowerCase() === 'retry-after' ? Number(value) : NaN;
      if (seconds >= 0) return Math.min(seconds * 1_000, timeframeMs('1h'));
    }
    return null;
  }
}

/** Reads CCXT's tickers (a record or a list); one without a price is left out. */
export function readTickers(raw: unknown, nowMs: number): Ticker[] {
  if (typeof raw !== 'object' || raw === null) return [];
  const tickers: Ticker[] = [];
  for (const value of Object.values(raw)) {
    const parsed = TickerShape.safeParse(value);
    if (!parsed.success) continue;
    const { symbol, last, percentage, quoteVolume, timestamp } = parsed.data;
    tickers.push({
      symbol,
      last,
      changeRatio24h: typeof percentage === 'number' ? percentage / 100 : null,
      quoteVolume24h: quoteVolume ?? null,
      timeMs: timestamp ?? nowMs,
    });
  }
  return tickers;
}

/** CCXT's tick as exact text: `1e-8` becomes `0.00000001`. */
function decimalText(value: string | number | null | undefined): string | null {
  if (value === null || value === undefined) return null;
  const text = String(value);
  if (!/e/i.test(text)) return text;
  return Number(value)
    .toFixed(18)
    .replace(/\.?0+$/, '');
}
