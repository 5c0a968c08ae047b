import type { TradesBackfillRequest } from '@wickworks/contracts';
import { err, ok, type Result } from '@wickworks/core';
import type { TradeStore } from '@wickworks/db';
import type { TradeProgress } from '@wickworks/exchange';
import type { Feed } from '../feed/feed.js';
import type { JobWork } from '../jobs/job-board.js';
import { refusalOfFailure, type Refusal } from '../wire/problem.js';
import { checkRange, endedEarly, fetchWork, readableTime, waitText } from './history-work.js';

/**
 * Fetches into the store what it lacks of a market's trades, oldest first, on the same way as `wick trades fetch`. What
 * is stored already is not asked for, so one that was broken off goes on where it was when asked for again.
 */
export async function prepareTradesBackfill(
  { feed, store }: { readonly feed: Feed; readonly store: TradeStore },
  request: TradesBackfillRequest,
): Promise<Result<JobWork, Refusal>> {
  const range = checkRange(request);
  if (!range.ok) return range;
  const { exchange: id, symbol, fromMs, toMs = null } = request;
  const found = await feed.exchangeOf({ exchange: id, symbol });
  if (!found.ok) return found;
  const exchange = found.value;
  // Asked once, so that what cannot be had at all is refused at once.
  const newest = await exchange.fetchTrades({ symbol });
  if (!newest.ok && !newest.error.retryable) return err(refusalOfFailure(newest.error));
  const work = fetchWork(async ({ signal, progress }) => {
    const [{ fetchTradeHistory }, { tradeHistoryStore }] = await Promise.all([
      import('@wickworks/exchange'),
      import('@wickworks/db'),
    ]);
    const onProgress = ({ ratio, added, waiting }: TradeProgress) =>
      progress(ratio, `${added} trades${waitText(waiting)}`);
    const fetched = await fetchTradeHistory(
      { store: tradeHistoryStore(store), exchange },
      { key: { exchange: id, symbol }, fromMs, toMs, signal, onProgress },
    );
    if (!fetched.ok) return endedEarly(fetched.error);
    const { added, toMs: endMs, beginsMs } = fetched.value;
    const begins = beginsMs === null ? '' : `; ${id} has none from before ${readableTime(beginsMs)}`;
    return `${added} trades added up to ${readableTime(endMs)}${begins}`;
  });
  return ok(work);
}
