import { closeTimeOf, ok, openTimeAt, shiftOpenTime, tiles, type Result, type Timeframe } from '@wickworks/core';
import type { CandleQuery, ExchangeFailure } from '../ports.js';
import { nextCursor, type AskForPage } from './pages.js';

/** Guides are no wider than this: their candles are to be searched, too. */
const GUIDE_WIDTH: Timeframe = '1d';

/**
 * Wide candles of a market as a map of where it traded at all. Exchanges that answer only the window they are asked
 * for say nothing in the years before a listing; a page of days covers a year or more.
 */
export class Guide {
  readonly timeframe: Timeframe;
  readonly #ask: AskForPage;
  readonly #query: Pick<CandleQuery, 'symbol' | 'limit'>;
  /** Open times known to hold a candle, ascending. */
  readonly #known: number[] = [];
  #cursorMs: number | null = null;
  #reachesPresent = false;

  constructor(ask: AskForPage, timeframe: Timeframe, query: Pick<CandleQuery, 'symbol' | 'limit'>) {
    this.#ask = ask;
    this.timeframe = timeframe;
    this.#query = query;
  }

  /** Open time of the first wide candle that closes after `timeMs`, which never goes back; `null`: there is none. */
  async next(timeMs: number): Promise<Result<number | null, ExchangeFailure>> {
    this.#cursorMs ??= openTimeAt(this.timeframe, timeMs);
    for (;;) {
      const found = this.#known.find((openMs) => closeTimeOf(this.timeframe, openMs) > timeMs);
      if (found !== undefined) return ok(found);
      if (this.#reachesPresent) return ok(null);
      this.#cursorMs = Math.max(this.#cursorMs, openTimeAt(this.timeframe, timeMs));
      const read = await this.#readOn();
      if (!read.ok) return read;
    }
  }

  /** Open times of all wide candles that close after `fromMs` and open before `toMs`. */
  async between(fromMs: number, toMs: number): Promise<Result<number[], ExchangeFailure>> {
    this.#cursorMs ??= openTimeAt(this.timeframe, fromMs);
    while (!this.#reachesPresent && this.#cursorMs < toMs) {
      const read = await this.#readOn();
      if (!read.ok) return read;
    }
    return ok(this.#known.filter((openMs) => closeTimeOf(this.timeframe, openMs) > fromMs && openMs < toMs));
  }

  async #readOn(): Promise<Result<null, ExchangeFailure>> {
    const { timeframe } = this;
    const cursorMs = this.#cursorMs ?? 0;
    const page = await this.#ask({ ...this.#query, timeframe, sinceMs: cursorMs });
    if (!page.ok) return page;
    const { closed, forming } = page.value;
    for (const [openMs] of forming ? [...closed, forming] : closed) this.#known.push(openMs);
    const nextMs = nextCursor(page.value, { timeframe, cursorMs, limit: this.#query.limit });
    if (nextMs === null) this.#reachesPresent = true;
    else this.#cursorMs = nextMs;
    return ok(null);
  }
}

/** The widest timeframe, up to a day, that can guide through `timeframe`; `null` when that is as wide itself. */
export function guideFor(timeframe: Timeframe, available: readonly Timeframe[]): Timeframe | null {
  const wider = available.filter((wide) => tiles(timeframe, wide) && wide !== timeframe && tiles(wide, GUIDE_WIDTH));
  return wider.at(-1) ?? null;
}

/**
 * The first of `opens` (ascending) for which `holds` is true, asked as a bisection asks: true of one must mean true of
 * all later ones. `null` when not even the last one holds.
 */
export async function firstThatHolds(
  opens: readonly number[],
  holds: (openMs: number) => Promise<Result<boolean, ExchangeFailure>>,
): Promise<Result<number | null, ExchangeFailure>> {
  let low = 0;
  let high = opens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const answer = await holds(opens[middle]!);
    if (!answer.ok) return answer;
    if (answer.value) high = middle;
    else low = middle + 1;
  }
  return ok(opens[low] ?? null);
}

/** Pages of `timeframe` that cover one candle of `wide` from its open time on: where each begins. */
export function* pagesWithin(openMs: number, wide: Timeframe, narrow: Timeframe, limit: number): Generator<number> {
  const endMs = closeTimeOf(wide, openMs);
  for (let fromMs = openMs; fromMs < endMs; fromMs = shiftOpenTime(narrow, fromMs, limit)) yield fromMs;
}
