import {
  closeTimeOf,
  err,
  ok,
  openTimeAt,
  shiftOpenTime,
  type CandleRow,
  type Gap,
  type Result,
  type Timeframe,
} from '@wickworks/core';
import { backoffMs } from './backoff.js';
import { failure } from './failure.js';
import type { CandlePage, CandleQuery, ExchangeConnection, ExchangeFailure } from './ports.js';

/** A stretch of history as it arrives, oldest first. */
export interface BackfillPage {
  /** Closed candles, ascending, following those of the page before. */
  readonly candles: readonly CandleRow[];
  /** What the source lacks between candles it has; before its first candle of this range nothing is proven. */
  readonly gaps: readonly Gap[];
  /** Share of the range that is done, 0..1. */
  readonly progressRatio: number;
}

export interface Backfill {
  readonly connection: Pick<ExchangeConnection, 'fetchCandles' | 'capabilities'>;
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** Open time of the oldest candle wanted; to go on after a crash, that of the newest one stored (it comes again). */
  readonly fromMs: number;
  /** Exclusive; what lies in the exchange's future is left out. */
  readonly toMs: number;
  /** Awaited before the next page is fetched, so that what was told is stored when the process dies. */
  readonly onPage: (page: BackfillPage) => Promise<void> | void;
  readonly signal?: AbortSignal;
  /** Retryable failures in a row that are borne, with capped exponential pauses; default 8. */
  readonly attempts?: number;
  /** Default: from 500 ms, at most 30 s. */
  readonly retry?: { readonly baseMs: number; readonly maxMs: number };
}

/**
 * Fetches closed candles opening in `[fromMs, toMs)`, oldest first, page by page, and returns how many there were.
 * Fails with the exchange's failure when retries did not help, or `closed` when `signal` fired; all pages told
 * until then hold.
 */
export async function backfillCandles(work: Backfill): Promise<Result<{ readonly candles: number }, ExchangeFailure>> {
  const { connection, symbol, timeframe } = work;
  const capabilities = await persist(work, () => connection.capabilities());
  if (!capabilities.ok) return capabilities;
  const limit = capabilities.value.candlesPerRequest;
  const startMs = firstOpenFrom(timeframe, work.fromMs);
  let cursorMs = startMs;
  // Unknown until the source shows a candle: what lies before may be older than the market, or no longer kept.
  let expectedMs: number | null = null;
  let count = 0;
  for (;;) {
    if (cursorMs >= work.toMs) return ok({ candles: count });
    // Without an upper bound: whatever opens behind the page proves that its last candle closed.
    const query: CandleQuery = { symbol, timeframe, sinceMs: cursorMs, limit };
    const fetched = await persist(work, () => connection.fetchCandles(query));
    if (!fetched.ok) return fetched;
    const candles = fetched.value.closed.filter((row) => row[0] < work.toMs);
    const gaps: Gap[] = [];
    for (const [openMs] of fetched.value.closed) {
      const untilMs = Math.min(openMs, work.toMs);
      if (expectedMs !== null && untilMs > expectedMs) gaps.push([expectedMs, untilMs]);
      expectedMs = closeTimeOf(timeframe, openMs);
      if (openMs >= work.toMs) break;
    }
    count += candles.length;
    const nextMs = nextCursor(fetched.value, { timeframe, cursorMs, limit });
    const isDone = nextMs === null || nextMs >= work.toMs;
    const reachedMs = isDone ? work.toMs : nextMs;
    await work.onPage({ candles, gaps, progressRatio: (reachedMs - startMs) / (work.toMs - startMs) });
    if (isDone) return ok({ candles: count });
    cursorMs = nextMs;
  }
}

const firstOpenFrom = (timeframe: Timeframe, timeMs: number): number => {
  const openMs = openTimeAt(timeframe, timeMs);
  return openMs === timeMs ? openMs : closeTimeOf(timeframe, openMs);
};

/** Where to ask next, or `null` when the page reaches the present. */
function nextCursor(
  page: CandlePage,
  asked: { readonly timeframe: Timeframe; readonly cursorMs: number; readonly limit: number },
): number | null {
  const { timeframe, cursorMs, limit } = asked;
  const last = page.closed.at(-1)?.[0];
  const presentMs = openTimeAt(timeframe, page.exchangeTimeMs);
  // An empty answer is a hole at least as wide as the page, or the end of what there is.
  const nextMs = last === undefined ? shiftOpenTime(timeframe, cursorMs, limit) : closeTimeOf(timeframe, last);
  return page.forming !== null || nextMs >= presentMs ? null : nextMs;
}

/** Repeats `ask` while it fails in a retryable way, as often as the work bears. */
async function persist<T>(
  work: Backfill,
  ask: () => Promise<Result<T, ExchangeFailure>>,
): Promise<Result<T, ExchangeFailure>> {
  const { signal, attempts = 8, retry = { baseMs: 500, maxMs: 30_000 } } = work;
  for (let attempt = 0; ; attempt++) {
    if (signal?.aborted) return err(failure('closed', 'the backfill was cancelled', false));
    const result = await ask();
    if (result.ok || !result.error.retryable || attempt + 1 >= attempts) return result;
    await pause(Math.max(backoffMs(attempt, retry), result.error.retryAfterMs ?? 0), signal);
  }
}

/** Resolves after `ms`, or at once when `signal` fires. */
async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  if (signal?.aborted) return;
  await new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener('abort', done);
  });
}
