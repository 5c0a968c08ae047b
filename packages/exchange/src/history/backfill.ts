import { closeTimeOf, ok, type CandleRow, type Gap, type Result, type Timeframe } from '@wickworks/core';
import type { CandlePage, CandleQuery, ExchangeConnection, ExchangeFailure } from '../ports.js';
import { firstThatHolds, Guide, guideFor, pagesWithin } from './guide.js';
import { firstOpenFrom, nextCursor, type AskForPage } from './pages.js';
import { askPatiently, type Patience } from './patience.js';

/** A stretch of history as it arrives, oldest first. */
export interface BackfillPage {
  /** Closed candles, ascending, following those of the page before. */
  readonly candles: readonly CandleRow[];
  /** What the source lacks between candles it has; before its first candle of this range nothing is proven. */
  readonly gaps: readonly Gap[];
  /** Share of the range that is done, 0..1. */
  readonly progressRatio: number;
}

/** What of an exchange a backfill asks. */
export type HistorySource = Pick<ExchangeConnection, 'fetchCandles' | 'capabilities'>;

export interface Backfill extends Patience {
  readonly connection: HistorySource;
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** Open time of the oldest candle wanted; to go on after a crash, that of the newest one stored (it comes again). */
  readonly fromMs: number;
  /** Exclusive; what lies in the exchange's future is left out. */
  readonly toMs: number;
  /** Awaited before the next page is fetched, so that what was told is stored when the process dies. */
  readonly onPage: (page: BackfillPage) => Promise<void> | void;
}

/** Wide candles in a row of which the exchange keeps no narrow ones, before the first kept one is searched by halves. */
const EMPTY_GUIDES_BORNE = 3;

/**
 * Fetches closed candles opening in `[fromMs, toMs)`, oldest first, page by page, and returns how many there were.
 * Stretches without any candle (the years before a listing, or a long halt) are skipped by the exchange's wider
 * candles instead of paged through. Fails with the exchange's failure when retries did not help, or `closed` when
 * `signal` fired; all pages told until then hold.
 */
export async function backfillCandles(work: Backfill): Promise<Result<{ readonly candles: number }, ExchangeFailure>> {
  const { connection, timeframe, toMs } = work;
  const capabilities = await askPatiently(() => connection.capabilities(), work);
  if (!capabilities.ok) return capabilities;
  const { candlesPerRequest: limit, timeframes } = capabilities.value;
  const ask: AskForPage = (query) => askPatiently(() => connection.fetchCandles(query), work);
  const { symbol } = work;
  const startMs = firstOpenFrom(timeframe, work.fromMs);
  const pathfinder = new Pathfinder({ ask, symbol, timeframe, toMs, limit }, guideFor(timeframe, timeframes));
  let cursorMs = startMs;
  // Unknown until the source shows a candle: what lies before may be older than the market, or no longer kept.
  let expectedMs: number | null = null;
  let count = 0;
  for (;;) {
    if (cursorMs >= toMs) return ok({ candles: count });
    // Without an upper bound: whatever opens behind the page proves that its last candle closed.
    const query = { symbol, timeframe, sinceMs: cursorMs, limit };
    const first = await ask(query);
    // An empty answer becomes a hole on record: said once by mistake, it is not said twice.
    const fetched = first.ok && first.value.closed.length === 0 ? await ask(query) : first;
    if (!fetched.ok) return fetched;
    const candles = fetched.value.closed.filter((row) => row[0] < toMs);
    const gaps: Gap[] = [];
    for (const [openMs] of fetched.value.closed) {
      const untilMs = Math.min(openMs, toMs);
      if (expectedMs !== null && untilMs > expectedMs) gaps.push([expectedMs, untilMs]);
      expectedMs = closeTimeOf(timeframe, openMs);
      if (openMs >= toMs) break;
    }
    count += candles.length;
    const next = await pathfinder.after(fetched.value, cursorMs, expectedMs !== null);
    if (!next.ok) return next;
    const isDone = next.value === null || next.value >= toMs;
    const reachedMs = isDone ? toMs : next.value;
    await work.onPage({ candles, gaps, progressRatio: (reachedMs - startMs) / (toMs - startMs) });
    if (isDone) return ok({ candles: count });
    cursorMs = reachedMs;
  }
}

interface Terrain {
  readonly ask: AskForPage;
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly toMs: number;
  readonly limit: number;
}

/** Finds where the next page begins. */
class Pathfinder {
  readonly #terrain: Terrain;
  #guide: Guide | null;
  /** The wide candle in which a narrow one was last expected, and how many such promises were not kept. */
  #promisedMs: number | null = null;
  #brokenPromises = 0;

  constructor(terrain: Terrain, guide: Timeframe | null) {
    this.#terrain = terrain;
    const { ask, symbol, limit } = terrain;
    this.#guide = guide === null ? null : new Guide(ask, guide, { symbol, limit });
  }

  /** Where to ask after `page`, which began at `cursorMs`; `null` when nothing follows. */
  async after(page: CandlePage, cursorMs: number, isSeen: boolean): Promise<Result<number | null, ExchangeFailure>> {
    const { timeframe, limit } = this.#terrain;
    const nextMs = nextCursor(page, { timeframe, cursorMs, limit });
    if (nextMs === null || page.closed.length > 0) {
      this.#promisedMs = null;
      return ok(nextMs);
    }
    return this.#skipFrom(nextMs, isSeen);
  }

  async #skipFrom(nextMs: number, isSeen: boolean): Promise<Result<number | null, ExchangeFailure>> {
    if (this.#guide === null || nextMs >= this.#terrain.toMs) return ok(nextMs);
    const wide = await this.#guide.next(nextMs);
    if (!wide.ok) {
      if (wide.error.retryable || wide.error.kind === 'closed') return wide;
      // The exchange has no such candles after all: then every page is asked for.
      this.#guide = null;
      return ok(nextMs);
    }
    if (wide.value === null) return ok(null);
    if (this.#promisedMs !== null && this.#promisedMs !== wide.value) this.#brokenPromises++;
    this.#promisedMs = wide.value;
    // Wide candles reach back further than narrow ones: an exchange that keeps these for a while only.
    if (!isSeen && this.#brokenPromises >= EMPTY_GUIDES_BORNE) return this.#searchByHalves(this.#guide, nextMs);
    return ok(Math.max(nextMs, wide.value));
  }

  async #searchByHalves(guide: Guide, fromMs: number): Promise<Result<number | null, ExchangeFailure>> {
    this.#brokenPromises = 0;
    const opens = await guide.between(fromMs, this.#terrain.toMs);
    if (!opens.ok) return opens;
    const found = await firstThatHolds(opens.value, (openMs) => this.#keepsAny(openMs, guide.timeframe));
    return found.ok && found.value !== null ? ok(Math.max(fromMs, found.value)) : found;
  }

  /** Whether the exchange has a candle inside the wide one opening at `openMs`. */
  async #keepsAny(openMs: number, wide: Timeframe): Promise<Result<boolean, ExchangeFailure>> {
    const { ask, symbol, timeframe, limit } = this.#terrain;
    const endMs = closeTimeOf(wide, openMs);
    for (const sinceMs of pagesWithin(openMs, wide, timeframe, limit)) {
      const query: CandleQuery = { symbol, timeframe, sinceMs, limit };
      const page = await ask(query);
      if (!page.ok) return page;
      const { closed, forming } = page.value;
      if ((forming ? [...closed, forming] : closed).some((row) => row[0] < endMs)) return ok(true);
    }
    return ok(false);
  }
}
