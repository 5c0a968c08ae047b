import {
  candlesBetween,
  err,
  ok,
  openTimeAt,
  shiftOpenTime,
  type CandleRow,
  type Gap,
  type Result,
  type SeriesKey,
} from '@wickworks/core';
import type { ExchangeFailure } from '../ports.js';
import { backfillCandles, type HistorySource } from './backfill.js';
import { missingRanges } from './missing-ranges.js';
import { firstOpenFrom } from './pages.js';
import { askPatiently, type Patience, type Wait } from './patience.js';

/** What a fetch needs of a candle store. */
export interface HistoryStore {
  summary(key: SeriesKey): Promise<StoredRange | null>;
  sourceGaps(key: SeriesKey, fromMs: number, toMs: number): Promise<readonly Gap[]>;
  append(
    key: SeriesKey,
    candles: readonly CandleRow[],
    origin: 'rest',
    nowMs: number,
  ): Promise<{ readonly added: number; readonly corrections: readonly unknown[] }>;
  markSourceGap(key: SeriesKey, gap: Gap): Promise<void>;
}

interface StoredRange {
  readonly fromMs: number;
  readonly toMs: number;
  readonly gaps: readonly Gap[];
  readonly fault: string | null;
}

export interface HistoryJob extends Omit<Patience, 'onWait'> {
  readonly key: SeriesKey;
  readonly fromMs: number;
  /** Exclusive; `null`: up to the exchange's present. */
  readonly toMs: number | null;
  /** Wall clock, for the record of corrections. */
  readonly nowMs: () => number;
  readonly onProgress: (progress: HistoryProgress) => void;
}

export interface HistoryProgress {
  /** Share of the whole range that is stored or known to be absent, 0..1. */
  readonly ratio: number;
  /** Candles added by this call so far. */
  readonly added: number;
  /** Candles this call had to ask for. */
  readonly wanted: number;
  /** Set while a failure is waited out. */
  readonly waiting: Wait | null;
}

export interface HistoryOutcome {
  readonly added: number;
  readonly corrected: number;
  /** Candles that the exchange itself lacks between those it has. */
  readonly absent: number;
  /** Where the range ended, ms UTC. */
  readonly toMs: number;
}

/** Why a fetch ended early. */
export interface HistoryFailure {
  /** `stopped`: the signal fired; `damaged`: what is stored cannot be read, so nobody knows what is missing. */
  readonly kind: ExchangeFailure['kind'] | 'stopped' | 'damaged';
  readonly message: string;
  readonly retryable: boolean;
}

/**
 * Stores what is missing of a range, page by page: whatever ends it early (a failure, a stop, a crash), what was
 * fetched stays and the next call goes on from there. Failures that may pass are waited out. Holes between the
 * exchange's candles are recorded and not asked for again; what lies before its first one is not: it may be no longer
 * kept, or served again tomorrow.
 */
export async function fetchHistory(
  { store, exchange }: { readonly store: HistoryStore; readonly exchange: HistorySource },
  job: HistoryJob,
): Promise<Result<HistoryOutcome, HistoryFailure>> {
  const { key } = job;
  const run = new Run(job);
  const capabilities = await askPatiently(() => exchange.capabilities(), run.patience);
  if (!capabilities.ok) return run.failed(capabilities.error);
  const { timeframes } = capabilities.value;
  if (!timeframes.includes(key.timeframe)) {
    const message = `has no ${key.timeframe} candles; it has ${timeframes.join(' ')}`;
    return run.failed({ kind: 'unsupported', message, retryable: false });
  }
  const { symbol, timeframe } = key;
  const newest = await askPatiently(() => exchange.fetchCandles({ symbol, timeframe, limit: 2 }), run.patience);
  if (!newest.ok) return run.failed(newest.error);
  // The candle that is forming at the exchange: everything before it is closed.
  const presentMs = openTimeAt(timeframe, newest.value.exchangeTimeMs);
  const fromMs = firstOpenFrom(timeframe, job.fromMs);
  const toMs = Math.min(firstOpenFrom(timeframe, job.toMs ?? Infinity), presentMs);
  const stored = await store.summary(key);
  if (stored !== null && stored.fault !== null) {
    return err({ kind: 'damaged', message: `the stored candles cannot be read: ${stored.fault}`, retryable: false });
  }
  const absent = await store.sourceGaps(key, fromMs, toMs);
  const ranges = missingRanges({ fromMs, toMs, timeframe, stored, absent });
  run.begin(candlesBetween(timeframe, fromMs, Math.max(fromMs, toMs)), ranges);
  for (const range of ranges) {
    const filled = await fillRange({ store, exchange, range, fromMs }, run);
    if (!filled.ok) return run.failed(filled.error);
  }
  return ok({ ...run.total, toMs });
}

/** Fetches one missing range, oldest page first; a market younger than the range is met at its first candle. */
async function fillRange(
  parts: { store: HistoryStore; exchange: HistorySource; range: Gap; fromMs: number },
  run: Run,
): Promise<Result<unknown, ExchangeFailure>> {
  const { store, exchange, range } = parts;
  const { key, nowMs } = run.job;
  const { symbol, timeframe } = key;
  const filled = await backfillCandles({
    ...run.patience,
    connection: exchange,
    symbol,
    timeframe,
    // Behind a stored candle, that one is asked for again: seeing it proves what the exchange lacks after it.
    fromMs: range[0] > parts.fromMs ? shiftOpenTime(timeframe, range[0], -1) : range[0],
    toMs: range[1],
    onPage: async ({ candles, gaps, progressRatio }) => {
      const rows = candles.filter(([openTimeMs]) => openTimeMs >= range[0]);
      const outcome = rows.length > 0 ? await store.append(key, rows, 'rest', nowMs()) : { added: 0, corrections: [] };
      for (const gap of gaps) await store.markSourceGap(key, gap);
      run.page({
        added: outcome.added,
        corrected: outcome.corrections.length,
        absent: gaps.reduce((sum, [from, to]) => sum + candlesBetween(timeframe, from, to), 0),
        reached: progressRatio * candlesBetween(timeframe, ...range),
      });
    },
  });
  run.rangeDone(candlesBetween(timeframe, ...range));
  return filled;
}

/** The running totals of one call. */
class Run {
  readonly job: HistoryJob;
  readonly patience: Patience;
  readonly total = { added: 0, corrected: 0, absent: 0 };
  #whole = 0;
  #wanted = 0;
  /** Candles of ranges that are done, and of the one under way. */
  #done = 0;
  #reached = 0;

  constructor(job: HistoryJob) {
    this.job = job;
    const { signal, attempts, retry } = job;
    this.patience = {
      ...(signal && { signal }),
      ...(attempts !== undefined && { attempts }),
      ...(retry && { retry }),
      onWait: (waiting) => this.#tell(waiting),
    };
  }

  begin(whole: number, ranges: readonly Gap[]): void {
    this.#whole = whole;
    this.#wanted = ranges.reduce((sum, range) => sum + candlesBetween(this.job.key.timeframe, ...range), 0);
  }

  page(page: { added: number; corrected: number; absent: number; reached: number }): void {
    this.total.added += page.added;
    this.total.corrected += page.corrected;
    this.total.absent += page.absent;
    this.#reached = page.reached;
    this.#tell(null);
  }

  rangeDone(candles: number): void {
    this.#done += candles;
    this.#reached = 0;
  }

  failed(reason: ExchangeFailure): Result<never, HistoryFailure> {
    if (this.job.signal?.aborted) {
      const message = 'stopped; what was fetched is stored, asking again goes on from there';
      return err({ kind: 'stopped', message, retryable: true });
    }
    const { kind, message, retryable } = reason;
    return err({ kind, message: `${this.job.key.exchange}: ${message}`, retryable });
  }

  #tell(waiting: HistoryProgress['waiting']): void {
    const wanted = this.#wanted;
    const open = wanted - this.#done - this.#reached;
    const ratio = this.#whole === 0 ? 0 : Math.min(1, Math.max(0, 1 - open / this.#whole));
    this.job.onProgress({ ratio, added: this.total.added, wanted, waiting });
  }
}
