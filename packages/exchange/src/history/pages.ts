import { closeTimeOf, openTimeAt, shiftOpenTime, type Result, type Timeframe } from '@wickworks/core';
import type { CandlePage, CandleQuery, ExchangeFailure } from '../ports.js';

export type AskForPage = (query: CandleQuery) => Promise<Result<CandlePage, ExchangeFailure>>;

/** The first open time at or after `timeMs`. */
export function firstOpenFrom(timeframe: Timeframe, timeMs: number): number {
  if (timeMs === Infinity) return Infinity;
  const openMs = openTimeAt(timeframe, timeMs);
  return openMs === timeMs ? openMs : closeTimeOf(timeframe, openMs);
}

/** Where to ask next, or `null` when the page reaches the present. */
export function nextCursor(
  page: CandlePage,
  asked: { readonly timeframe: Timeframe; readonly cursorMs: number; readonly limit: number },
): number | null {
  const { timeframe, cursorMs, limit } = asked;
  const { closed, forming } = page;
  const last = closed.at(-1)?.[0];
  const presentMs = openTimeAt(timeframe, page.exchangeTimeMs);
  if (forming !== null) {
    // Not proven to have closed, but not of the present either: the answer was cut short behind it.
    const isCut = last !== undefined && closeTimeOf(timeframe, forming[0]) < presentMs;
    return isCut ? forming[0] : null;
  }
  // An empty answer is a hole at least as wide as the page, or the end of what there is.
  const nextMs = last === undefined ? shiftOpenTime(timeframe, cursorMs, limit) : closeTimeOf(timeframe, last);
  return nextMs >= presentMs ? null : nextMs;
}
