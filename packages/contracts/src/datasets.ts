import * as z from 'zod';
import { CandleTuple, ExchangeId, GapTuple, SymbolName, TimeframeName, TimeMs } from './candles.js';

/** `GET /datasets` item: one stored candle series. */
export const DatasetView = z.object({
  exchange: ExchangeId,
  symbol: SymbolName,
  timeframe: TimeframeName,
  candles: z.int().nonnegative(),
  /** Open time of the first and last stored candle. */
  fromMs: TimeMs,
  toMs: TimeMs,
  gaps: z.array(GapTuple),
  /** SHA-256 of the series' exact content, hex. */
  contentHash: z.string(),
  corrections: z.int().nonnegative(),
  /** Why the stored candles cannot be read; gaps and hash are then unknown. */
  fault: z.string().nullable().default(null),
});
export type DatasetView = z.infer<typeof DatasetView>;

/** `GET /datasets/corrections` item: a closed candle that came again with other values. */
export const CorrectionView = z.object({
  /** Rises with every correction of the installation. */
  id: z.int().positive(),
  openTimeMs: TimeMs,
  /** When the other values came in. */
  seenAtMs: TimeMs,
  /** What brought them. */
  origin: z.enum(['stream', 'rest', 'import', 'built']),
  /** As it was stored before, and as it is since. */
  previous: CandleTuple,
  candle: CandleTuple,
});
export type CorrectionView = z.infer<typeof CorrectionView>;

/** `GET /datasets/trades` item: the stored trades of one market. */
export const TradesView = z.object({
  exchange: ExchangeId,
  symbol: SymbolName,
  trades: z.int().nonnegative(),
  /** Of the first and the last stored trade; `null`: nothing was traded in the time that is covered. */
  fromMs: TimeMs.nullable(),
  toMs: TimeMs.nullable(),
  /** Stretches `[fromMs, toMs)` of which every trade is stored. */
  covered: z.array(GapTuple),
  /** SHA-256 of trades and ranges, hex. */
  contentHash: z.string(),
});
export type TradesView = z.infer<typeof TradesView>;

/** `[timeMs, price, quantity, side, id]`: side of the taker and the exchange's number, `null` where nobody said. */
export const TradeTuple = z
  .tuple([TimeMs, z.number().positive(), z.number().positive(), z.enum(['buy', 'sell']).nullable(), z.int().nullable()])
  .readonly();
export type TradeTuple = z.infer<typeof TradeTuple>;

/** Answer of `GET /datasets/trades/tape`: a page of the stored trades of one market, in the order they happened. */
export const TradeTapePage = z.object({
  items: z.array(TradeTuple),
  nextCursor: z.string().nullable(),
  /** Of the whole range that was asked for: the stretches `[fromMs, toMs)` of which every trade is stored. */
  covered: z.array(GapTuple),
  /** Of all that is stored of the market: pages that differ in it are of before and after a change. */
  contentHash: z.string(),
});
export type TradeTapePage = z.infer<typeof TradeTapePage>;

/** Answer of `POST /datasets/trades/import`. */
export const TradesImportedView = z.object({
  /** Trades that were new, that were stored already as they are, and that gave way to these. */
  added: z.int().nonnegative(),
  unchanged: z.int().nonnegative(),
  replaced: z.int().nonnegative(),
  /** `[fromMs, toMs)`, of which every trade is stored now. */
  fromMs: TimeMs,
  toMs: TimeMs,
  /** The market as it is now. */
  dataset: TradesView,
});
export type TradesImportedView = z.infer<typeof TradesImportedView>;

/** Answer of `POST /datasets/import`. */
export const DatasetImported = z.object({
  /** Candles that were new, that were stored already as they are, and that were stored with other values. */
  added: z.int().nonnegative(),
  unchanged: z.int().nonnegative(),
  corrected: z.int().nonnegative(),
  /** The series as it is now. */
  dataset: DatasetView,
});
export type DatasetImported = z.infer<typeof DatasetImported>;

/** Body of `POST /datasets/backfill`. */
export const BackfillRequest = z.strictObject({
  exchange: ExchangeId,
  symbol: SymbolName,
  timeframe: TimeframeName,
  fromMs: TimeMs,
  toMs: TimeMs.optional(),
});
export type BackfillRequest = z.infer<typeof BackfillRequest>;

/** Body of `POST /datasets/trades/backfill`. */
export const TradesBackfillRequest = BackfillRequest.omit({ timeframe: true });
export type TradesBackfillRequest = z.infer<typeof TradesBackfillRequest>;

/** Long work under way or ended. */
export const JobView = z.object({
  id: z.string(),
  kind: z.string(),
  state: z.enum(['queued', 'running', 'done', 'failed', 'cancelled']),
  /** 0..1. */
  progressRatio: z.number().min(0).max(1),
  detail: z.string(),
  createdMs: TimeMs,
  updatedMs: TimeMs,
});
export type JobView = z.infer<typeof JobView>;

/** Answer 202 of everything that takes long. */
export const JobAccepted = z.object({ job: JobView });
export type JobAccepted = z.infer<typeof JobAccepted>;
