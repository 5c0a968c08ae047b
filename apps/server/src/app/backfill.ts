import type { BackfillRequest } from '@wickworks/contracts';
import { err, ok, openTimeAt, type Result } from '@wickworks/core';
import type { Feed } from '../feed/feed.js';
import type { JobControl } from '../jobs/job-board.js';
import { refuse, type Refusal } from '../wire/problem.js';

const CHUNK_CANDLES = 5_000;

/** Work that a job board can run. */
export type Backfill = (control: JobControl) => Promise<string | { failed: string }>;

/**
 * Fetches into the store what it lacks of a range, newest first. What is stored already costs nothing, so a backfill
 * broken off goes on where it was when asked for again.
 */
export async function prepareBackfill(feed: Feed, request: BackfillRequest): Promise<Result<Backfill, Refusal>> {
  const { exchange, symbol, timeframe, fromMs, toMs } = request;
  if (toMs !== undefined && toMs <= fromMs) {
    const message = 'must be later than fromMs';
    return err(refuse('invalid-field', `toMs: ${message}`, [{ path: 'toMs', message }]));
  }
  const acquired = await feed.acquire({ exchange, symbol, timeframe });
  if (!acquired.ok) return acquired;
  const { hub, release } = acquired.value;
  return ok(async ({ signal, progress }) => {
    try {
      const startMs = openTimeAt(timeframe, fromMs);
      const endMs = Math.min(toMs ?? Infinity, hub.presentMs);
      let untilMs = endMs;
      const wholeMs = Math.max(1, untilMs - startMs);
      let candles = 0;
      while (untilMs > startMs && !signal.aborted) {
        const page = await hub.history(untilMs, CHUNK_CANDLES);
        if (!page.ok) return { failed: page.error.message };
        const rows = page.value.candles;
        const oldestMs = rows.length > 0 ? rows.time[0]! : startMs;
        candles += rows.time.subarray(0, rows.length).filter((time) => time >= startMs).length;
        if (page.value.complete || oldestMs <= startMs) break;
        untilMs = oldestMs;
        progress((wholeMs - (untilMs - startMs)) / wholeMs, `${candles} candles so far`);
      }
      return `${candles} candles from ${iso(startMs)} to ${iso(endMs)}`;
    } finally {
      release();
    }
  });
}

const iso = (timeMs: number): string => new Date(timeMs).toISOString();
