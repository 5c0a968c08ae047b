import type { BackfillRequest } from '@wickworks/contracts';
import { err, ok, openTimeAt, type Result } from '@wickworks/core';
import type { CandleStore } from '@wickworks/db';
import type { HistoryProgress } from '@wickworks/exchange';
import type { Feed } from '../feed/feed.js';
import type { SeriesHub } from '../feed/series-hub.js';
import type { JobWork } from '../jobs/job-board.js';
import { refuse, type Refusal } from '../wire/problem.js';

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
  if (toMs !== undefined && toMs <= request.fromMs) {
    const message = 'must be later than fromMs';
    return err(refuse('invalid-field', `toMs: ${message}`, [{ path: 'toMs', message }]));
  }
  const { feed, store, nowMs } = parts;
  const acquired = await feed.acquire({ exchange: id, symbol, timeframe });
  if (!acquired.ok) return acquired;
  const { hub, reported, release } = acquired.value;
  const fromMs = openTimeAt(timeframe, request.fromMs);
  return ok(async ({ signal, progress }) => {
    // Loaded late, as everywhere in the server: the start need not wait for them.
    const [{ fetchHistory }, { DatabaseError }] = await Promise.all([
      import('@wickworks/exchange'),
      import('@wickworks/db'),
    ]);
    try {
      const exchange = feed.exchanges.get(id);
      if (!exchange) return { failed: `exchange "${id}" is no longer configured` };
      const onProgress = (told: HistoryProgress) => progress(told.ratio, progressText(told));
      const job = { key: reported, fromMs, toMs: toMs ?? null, nowMs, signal, onProgress };
      const fetched = await fetchHistory({ store, exchange }, job);
      if (!fetched.ok) return { failed: `${fetched.error.message}; what was fetched is stored` };
      const { added, absent, toMs: endMs } = fetched.value;
      if (reported.timeframe !== timeframe) {
        const fault = await build(hub, { fromMs, toMs: endMs, signal });
        if (fault !== null) return { failed: `${timeframe} candles cannot be built: ${fault}` };
      }
      return `${added} candles added from ${iso(fromMs)} to ${iso(endMs)}, ${absent} absent at the exchange`;
    } catch (error) {
      if (error instanceof DatabaseError) return { failed: `what was fetched cannot be stored: ${error.message}` };
      throw error;
    } finally {
      release();
    }
  });
}

/** Reads through the built series, which stores every candle it builds; returns why it could not, or `null`. */
async function build(
  hub: SeriesHub,
  { fromMs, toMs, signal }: { fromMs: number; toMs: number; signal: AbortSignal },
): Promise<string | null> {
  for (let untilMs = Math.min(toMs, hub.presentMs); untilMs > fromMs && !signal.aborted;) {
    const page = await hub.history(untilMs, CHUNK_CANDLES);
    if (!page.ok) return page.error.message;
    if (page.value.complete || page.value.candles.length === 0) return null;
    untilMs = page.value.candles.time[0]!;
  }
  return null;
}

function progressText({ added, wanted, waiting }: HistoryProgress): string {
  const done = `${added} of ${wanted} missing candles`;
  if (waiting === null) return done;
  return `${done}; ${waiting.failure.message}: trying again in ${Math.ceil(waiting.pauseMs / 1_000)} s`;
}

const iso = (timeMs: number): string => new Date(timeMs).toISOString();
