import type { BackfillRequest } from '@wickworks/contracts';
import { ok, openTimeAt, type Result, type SeriesKey } from '@wickworks/core';
import type { CandleStore } from '@wickworks/db';
import type { HistoryProgress } from '@wickworks/exchange';
import type { Feed } from '../feed/feed.js';
import type { SeriesHub } from '../feed/series-hub.js';
import type { JobWork } from '../jobs/job-board.js';
import type { Refusal } from '../wire/problem.js';
import { checkRange, endedEarly, fetchWork, readableTime, waitText } from './history-work.js';

const CHUNK_CANDLES = 5_000;

/** What a backfill needs of the server. */
export interface BackfillParts {
  readonly feed: Feed;
  readonly store: CandleStore;
  readonly nowMs: () => number;
}

/**
 * Fetches into the store what it lacks of a range, oldest first, on the same way as `wick data fetch`. What is stored
 * already is not asked for, so a backfill broken off goes on where it was when asked for again. Of a timeframe the
 * exchange does not report, the narrower candles are fetched and the wide ones built from them.
 */
export async function prepareBackfill(
  parts: BackfillParts,
  request: BackfillRequest,
): Promise<Result<JobWork, Refusal>> {
  const { exchange: id, symbol, timeframe, toMs } = request;
  const range = checkRange(request);
  if (!range.ok) return range;
  const { feed, store, nowMs } = parts;
  const key = { exchange: id, symbol, timeframe };
  const acquired = await feed.acquire(key);
  if (!acquired.ok) return acquired;
  const { reported, release } = acquired.value;
  // It can be had, which is all that is asked now.
  release();
  const fromMs = openTimeAt(timeframe, request.fromMs);
  const work = fetchWork(async ({ signal, progress }) => {
    const { fetchHistory } = await import('@wickworks/exchange');
    const exchange = feed.exchanges.get(id);
    if (!exchange) return { failed: `exchange "${id}" is no longer configured` };
    const onProgress = ({ ratio, added, wanted, waiting }: HistoryProgress) =>
      progress(ratio, `${added} of ${wanted} missing candles${waitText(waiting)}`);
    const job = { key: reported, fromMs, toMs: toMs ?? null, nowMs, signal, onProgress };
    const fetched = await fetchHistory({ store, exchange }, job);
    if (!fetched.ok) return endedEarly(fetched.error);
    const { added, absent, toMs: endMs } = fetched.value;
    if (reported.timeframe !== timeframe) {
      const fault = await build(feed, key, { fromMs, toMs: endMs, signal });
      if (fault !== null) return { failed: `${timeframe} candles cannot be built: ${fault}` };
    }
    return `${added} candles added from ${readableTime(fromMs)} to ${readableTime(endMs)}, ${absent} absent at the exchange`;
  });
  return ok(work);
}

/** Reads through the built series, which stores every candle it builds; returns why it could not, or `null`. */
async function build(
  feed: Feed,
  key: SeriesKey,
  { fromMs, toMs, signal }: { fromMs: number; toMs: number; signal: AbortSignal },
): Promise<string | null> {
  const acquired = await feed.acquire(key);
  if (!acquired.ok) return acquired.error.detail;
  const { hub, release } = acquired.value;
  try {
    return await buildAll(hub, { fromMs, toMs, signal });
  } finally {
    release();
  }
}

async function buildAll(
  hub: SeriesHub,
  { fromMs, toMs, signal }: { fromMs: number; toMs: number; signal: AbortSignal },
): Promise<string | null> {
  for (let untilMs = Math.min(toMs, hub.presentMs); untilMs > fromMs && !signal.aborted;) {
    const page = await hub.history(untilMs, CHUNK_CANDLES);
    if (!page.ok) return page.error.message;
    if (page.value.complete || page.value.candles.length === 0) return null;
    untilMs = page.value.candles.time[0]!;
  }
  return signal.aborted ? 'stopped; what was built is stored' : null;
}
