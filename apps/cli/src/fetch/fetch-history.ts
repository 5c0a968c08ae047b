import { setTimeout as sleep } from 'node:timers/promises';
import {
  candlesBetween,
  closeTimeOf,
  err,
  ok,
  openTimeAt,
  seriesId,
  shiftOpenTime,
  type Gap,
  type Result,
  type SeriesKey,
} from '@wickworks/core';
import type { CandleStore } from '@wickworks/db';
import { backfillCandles, type ExchangeConnection, type ExchangeFailure } from '@wickworks/exchange';
import { failed, type CommandFailure } from '../failure.js';
import { missingRanges } from './missing-ranges.js';

export interface FetchJob {
  readonly key: SeriesKey;
  readonly fromMs: number;
  /** Exclusive; `null`: up to the exchange's present. */
  readonly toMs: number | null;
  readonly nowMs: () => number;
  readonly signal: AbortSignal;
  progress(text: string): void;
}

export interface FetchOutcome {
  readonly added: number;
  readonly corrected: number;
  /** Candles that the exchange itself lacks between those it has. */
  readonly absent: number;
  /** Where the range ended, ms UTC. */
  readonly toMs: number;
}

const ATTEMPTS = 5;
const PAUSE_MS = 500;

/**
 * Stores what is missing of a range, page by page: whatever ends it early, what was fetched stays and the next
 * call goes on from there. Holes between the exchange's candles are recorded and not asked
 * for again; what lies before its first one is not: it may be no longer kept, or served again tomorrow.
 */
export async function fetchHistory(
  { store, exchange }: { store: CandleStore; exchange: ExchangeConnection },
  job: FetchJob,
): Promise<Result<FetchOutcome, CommandFailure>> {
  const { key } = job;
  const capabilities = await patiently(() => exchange.capabilities(), job);
  if (!capabilities.ok) return capabilities;
  const { timeframes } = capabilities.value;
  if (!timeframes.includes(key.timeframe))
    return err(failed(`${key.exchange} has no ${key.timeframe} candles; it has ${timeframes.join(' ')}`));
  const presentMs = await findPresent(exchange, job);
  if (!presentMs.ok) return presentMs;
  const fromMs = ceilOpenTime(key, job.fromMs);
  const toMs = Math.min(ceilOpenTime(key, job.toMs ?? Infinity), presentMs.value);
  const ranges = missingRanges({
    fromMs,
    toMs,
    timeframe: key.timeframe,
    stored: await store.summary(key),
    absent: await store.sourceGaps(key, fromMs, toMs),
  });
  const wanted = ranges.reduce((sum, [from, to]) => sum + candlesBetween(key.timeframe, from, to), 0);
  const total = { added: 0, corrected: 0, absent: 0, toMs };
  for (const range of ranges) {
    const filled = await fillRange({ store, exchange, range }, job, (page) => {
      total.added += page.added;
      total.corrected += page.corrected;
      total.absent += page.absent;
      job.progress(`${seriesId(key)}: ${total.added + total.absent} of ${wanted} candles`);
    });
    if (!filled.ok) return filled;
  }
  return ok(total);
}

/** Fetches one missing range, oldest page first; a market younger than the range is met at its first candle. */
async function fillRange(
  { store, exchange, range }: { store: CandleStore; exchange: ExchangeConnection; range: Gap },
  job: FetchJob,
  told: (page: { added: number; corrected: number; absent: number }) => void,
): Promise<Result<null, CommandFailure>> {
  const { key, signal } = job;
  const { symbol, timeframe } = key;
  const filled = await backfillCandles({
    connection: exchange,
    symbol,
    timeframe,
    // Behind a stored candle, that one is asked for again: seeing it proves what the exchange lacks after it.
    fromMs: range[0] > job.fromMs ? shiftOpenTime(timeframe, range[0], -1) : range[0],
    toMs: range[1],
    signal,
    attempts: ATTEMPTS,
    onPage: async ({ candles, gaps }) => {
      const rows = candles.filter(([openTimeMs]) => openTimeMs >= range[0]);
      const outcome = await store.append(key, rows, 'rest', job.nowMs());
      for (const gap of gaps) await store.markSourceGap(key, gap);
      const absent = gaps.reduce((sum, [from, to]) => sum + candlesBetween(timeframe, from, to), 0);
      told({ added: outcome.added, corrected: outcome.corrections.length, absent });
    },
  });
  if (filled.ok) return ok(null);
  if (signal.aborted) return err(stopped());
  const { kind, message, retryable } = filled.error;
  return err(failed(`${key.exchange}: ${message}`, { code: kind, retryable }));
}

const stopped = (): CommandFailure =>
  failed('stopped; what was fetched is stored, the same command goes on from there');

/** Open time of the candle that is forming at the exchange now: everything before it is closed. */
async function findPresent(exchange: ExchangeConnection, job: FetchJob): Promise<Result<number, CommandFailure>> {
  const { symbol, timeframe } = job.key;
  const newest = await patiently(() => exchange.fetchCandles({ symbol, timeframe, limit: 2 }), job);
  return newest.ok ? ok(openTimeAt(timeframe, newest.value.exchangeTimeMs)) : newest;
}

/** The first open time at or after `timeMs`. */
function ceilOpenTime({ timeframe }: SeriesKey, timeMs: number): number {
  if (timeMs === Infinity) return Infinity;
  const openTimeMs = openTimeAt(timeframe, timeMs);
  return openTimeMs === timeMs ? timeMs : closeTimeOf(timeframe, openTimeMs);
}

/** Asks again after failures that may pass. */
async function patiently<T>(
  ask: () => Promise<Result<T, ExchangeFailure>>,
  { key, signal }: FetchJob,
): Promise<Result<T, CommandFailure>> {
  for (let attempt = 1; ; attempt++) {
    if (signal.aborted) return err(stopped());
    const answer = await ask();
    if (answer.ok) return answer;
    const { kind, message, retryable } = answer.error;
    if (!retryable || attempt === ATTEMPTS)
      return err(failed(`${key.exchange}: ${message}`, { code: kind, retryable }));
    // The abort ends the pause early; the loop then says so.
    await sleep(PAUSE_MS * 2 ** attempt, undefined, { signal }).catch(() => undefined);
  }
}
