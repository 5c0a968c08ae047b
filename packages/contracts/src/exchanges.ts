import * as z from 'zod';
import { ConnectionStateName, Decimal, ExchangeId, SymbolName, TimeframeName, TimeMs } from './candles.js';

/** What an exchange can do, found out once and shown as it is. */
export const ExchangeCapabilities = z.object({
  /** `native`: candle stream; `trades`: candles built from trades; `poll`: REST polling. */
  candles: z.enum(['native', 'trades', 'poll']),
  tickers: z.enum(['native', 'poll', 'none']),
  timeframes: z.array(TimeframeName),
  candlesPerRequest: z.int().positive(),
});
export type ExchangeCapabilities = z.infer<typeof ExchangeCapabilities>;

/** `GET /exchanges` item. */
export const ExchangeView = z.object({
  id: ExchangeId,
  title: z.string(),
  state: ConnectionStateName,
  sinceMs: TimeMs,
  lastMessageMs: TimeMs.nullable(),
  reason: z.string().nullable(),
  /** Set when prices are a replay: says of what. Keyed by symbol. */
  replay: z.object({ text: z.string(), sources: z.record(z.string(), z.string()) }).nullable(),
  capabilities: ExchangeCapabilities.nullable(),
});
export type ExchangeView = z.infer<typeof ExchangeView>;

/** `GET /exchanges/:id/markets` item. */
export const MarketView = z.object({
  symbol: SymbolName,
  base: z.string(),
  quote: z.string(),
  active: z.boolean(),
  /** Smallest price step, decimal text; `null` when the exchange does not say. */
  priceTick: Decimal.nullable(),
  quantityStep: Decimal.nullable(),
  notionalMin: Decimal.nullable(),
});
export type MarketView = z.infer<typeof MarketView>;

/** Shape of every list answer. */
export const listOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });
