import type {
  CandleColumns,
  Candles,
  CandleRow,
  Gap,
  Result,
  SeriesKey,
  TradeColumns,
  TradeTape,
} from '@wickworks/core';

/** A closed candle that arrived again with other values; the new ones hold, the old ones stay on record. */
export interface Correction {
  readonly openTimeMs: number;
  readonly previous: CandleRow;
  readonly candle: CandleRow;
  readonly seenAtMs: number;
  readonly origin: CandleOrigin;
}

/** A correction on record; ids rise as they come in. */
export interface StoredCorrection extends Correction {
  readonly id: number;
}

export type CandleOrigin = 'stream' | 'rest' | 'import' | 'built';

export interface AppendOutcome {
  readonly added: number;
  readonly unchanged: number;
  readonly corrections: readonly Correction[];
}

export interface SeriesSummary extends SeriesKey {
  readonly candles: number;
  /** Open times of the first and last stored candle, ms UTC. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Stretches between stored candles that hold none. */
  readonly gaps: readonly Gap[];
  /** SHA-256 (hex) over the series' exact content, independent of how it is chunked. */
  readonly contentHash: string;
  readonly corrections: number;
  /** Why the candles cannot be read, or `null`. Of a damaged series only range and count are known: no gaps, empty hash. */
  readonly fault: string | null;
}

/** Closed candles kept for good: compressed chunks for history, rows for the live tail. */
export interface CandleStore {
  /** Stores closed candles in one transaction, any order, overlaps welcome; durable when it resolves. */
  append(
    key: SeriesKey,
    candles: readonly CandleRow[] | CandleColumns,
    origin: CandleOrigin,
    nowMs: number,
  ): Promise<AppendOutcome>;
  /** Candles opening in `[fromMs, toMs)`, ascending. */
  read(key: SeriesKey, fromMs: number, toMs: number): Promise<Candles>;
  /** The newest `limit` candles opening before `beforeMs`, ascending. */
  readBefore(key: SeriesKey, beforeMs: number, limit: number): Promise<Candles>;
  /** Open time of the newest stored candle, or `null`. */
  lastOpenTime(key: SeriesKey): Promise<number | null>;
  /** Every series; a damaged one is listed with its `fault`. */
  list(): Promise<readonly SeriesSummary[]>;
  /** `null`: nothing is stored; a damaged series is told with its `fault`. */
  summary(key: SeriesKey): Promise<SeriesSummary | null>;
  /** Newest first; with `beforeId` only those that came in before that one. */
  corrections(key: SeriesKey, limit: number, beforeId?: number): Promise<readonly StoredCorrection[]>;
  /** Records that the source itself has nothing in `[fromMs, toMs)`, so that nobody asks again. */
  markSourceGap(key: SeriesKey, gap: Gap): Promise<void>;
  sourceGaps(key: SeriesKey, fromMs: number, toMs: number): Promise<readonly Gap[]>;
  delete(key: SeriesKey): Promise<void>;
  /** Faults found on disk (bad chunk, wrong hash, candle out of order), empty when sound. */
  verify(key: SeriesKey): Promise<readonly string[]>;
}

/** Names a market at an exchange. */
export type MarketKey = Pick<SeriesKey, 'exchange' | 'symbol'>;

/** Trades with all that is kept of them. */
export interface StoredTrades extends TradeColumns {
  /** What the taker did: 1 bought, -1 sold; 0: the source does not say. */
  readonly side: Float64Array;
  /** The exchange's number of the trade; -1: none. */
  readonly id: Float64Array;
}

export interface StoredTape extends TradeTape {
  readonly trades: StoredTrades;
}

export interface TradesWritten {
  readonly added: number;
  readonly unchanged: number;
  /** Trades that were there and had to give way. */
  readonly replaced: number;
}

/** What is stored says otherwise from `timeMs` on. */
export interface TradeConflict {
  readonly kind: 'differs';
  readonly timeMs: number;
}

export interface TradesSummary extends MarketKey {
  readonly trades: number;
  /** Of the first and the last trade, ms UTC; `null`: covered, but nothing was traded. */
  readonly fromMs: number | null;
  readonly toMs: number | null;
  /** Stretches `[fromMs, toMs)` of which every trade is stored. */
  readonly covered: readonly Gap[];
  /** SHA-256 (hex) over trades and ranges, independent of the pieces they came in. */
  readonly contentHash: string;
}

/** Public trades kept for good, by market, with the stretches of time they are complete for. */
export interface TradeStore {
  /**
   * Stores that exactly `trades` (ascending) happened in `range`, in one transaction; durable when it resolves. Writing
   * the same again changes nothing. Where stored trades of that range differ, nothing is written, unless they may be
   * replaced.
   */
  write(
    key: MarketKey,
    range: Gap,
    trades: StoredTrades,
    options?: { readonly replace?: boolean },
  ): Promise<Result<TradesWritten, TradeConflict>>;
  /** Trades of `[fromMs, toMs)` and what of it is covered. */
  read(key: MarketKey, fromMs: number, toMs: number): Promise<StoredTape>;
  /**
   * As {@link read}, no further than the end of the hour in which the stored trades become `least`; `toMs` is how far it
   * read. The first hour may hold trades from before `fromMs`, so there can be fewer.
   */
  readSome(
    key: MarketKey,
    fromMs: number,
    toMs: number,
    least: number,
  ): Promise<StoredTape & { readonly toMs: number }>;
  /** About how many {@link read} would give: whole hours are counted. */
  count(key: MarketKey, fromMs: number, toMs: number): Promise<number>;
  covered(key: MarketKey): Promise<readonly Gap[]>;
  list(): Promise<readonly TradesSummary[]>;
  summary(key: MarketKey): Promise<TradesSummary | null>;
  delete(key: MarketKey): Promise<void>;
  /** Faults found on disk, empty when sound; reads and decodes everything. */
  verify(key: MarketKey): Promise<readonly string[]>;
}
