import {
  API,
  type TradesBackfillRequest,
  type TradesImportedView,
  type TradesView,
  type Endpoint,
} from '@wickworks/contracts';
import type { Result, SeriesKey } from '@wickworks/core';
import { checkRange } from '../app/history-work.js';
import { TRADES_BACKFILL_JOB } from '../app/resume-backfill.js';
import type { TapePart, TapePlace, TradeFileFacts } from '../app/trades.js';
import type { JobWork } from '../jobs/job-board.js';
import { refuse, type Refusal } from '../wire/problem.js';
import type { ApiRouter } from './api-router.js';
import type { Call } from './call.js';
import { startFetch, type StorageParts } from './datasets-router.js';
import { originOf } from './origin-of-call.js';
import { cursorKey, cursorOf, pageOf, unknownCursor } from './paging.js';
import { granted, RefusedError } from './problems.js';

type MarketKey = Pick<SeriesKey, 'exchange' | 'symbol'>;

/** What the routes of stored trades need. */
export interface TradeUseCases {
  list(): Promise<TradesView[]>;
  /** `null` where nothing is stored. */
  tape(
    key: MarketKey,
    wish: { readonly fromMs?: number | undefined; readonly toMs?: number | undefined; readonly limit: number },
    place?: TapePlace,
  ): Promise<TapePart | null>;
  /** What was stored; `null`: nothing. */
  delete(key: MarketKey): Promise<TradesView | null>;
  import(facts: TradeFileFacts, csv: AsyncIterable<Uint8Array>): Promise<Result<TradesImportedView, Refusal>>;
  prepareBackfill(request: TradesBackfillRequest): Promise<Result<JobWork, Refusal>>;
}

/** Stored trades: list, read, delete, import, fetch. */
export function tradeRoutes(api: ApiRouter, useCases: TradeUseCases, parts: StorageParts): void {
  const noteDeed = <E extends Endpoint>(call: Call<E>, key: MarketKey, deed: 'delete' | 'import', facts: object) =>
    parts.audit.write(call.principal, originOf(call), {
      action: `trades.${deed}`,
      target: `trades:${marketId(key)}`,
      ...facts,
    });
  api.route(API.datasets.getTradeDatasets, async ({ query }) => pageOf(await useCases.list(), query, marketId));
  api.route(API.datasets.getTradeTape, async ({ query: { exchange, symbol, cursor, ...wish } }) => {
    granted(checkRange({ fromMs: wish.fromMs ?? -1, toMs: wish.toMs }));
    const place = cursor === undefined ? undefined : placeIn(cursor);
    if (place && (place.timeMs < (wish.fromMs ?? 0) || place.timeMs >= (wish.toMs ?? Infinity))) throw unknownCursor();
    const page = await useCases.tape({ exchange, symbol }, wish, place);
    if (!page) throw notStored({ exchange, symbol });
    const { next, ...rest } = page;
    return { ...rest, nextCursor: next && cursorOf(`${next.timeMs}+${next.skipped}`) };
  });
  api.route(API.datasets.deleteTrades, async (call) => {
    const before = await useCases.delete(call.query);
    if (!before) throw notStored(call.query);
    const { trades, contentHash } = before;
    await noteDeed(call, call.query, 'delete', { before: { trades, contentHash } });
  });
  api.route(API.datasets.importTrades, async (call) => {
    const facts = { ...call.query, replace: call.query.replace === 'true' };
    const imported = granted(await useCases.import(facts, call.body));
    const { dataset: _, ...after } = imported;
    await noteDeed(call, call.query, 'import', { after });
    return imported;
  });
  api.route(API.datasets.startTradesBackfill, async (call) => {
    const work = granted(await useCases.prepareBackfill(call.body));
    return startFetch(call, parts, { kind: TRADES_BACKFILL_JOB, title: `trades of ${marketId(call.body)}`, work });
  });
}

const marketId = ({ exchange, symbol }: MarketKey): string => `${exchange} ${symbol}`;

const notStored = (key: MarketKey): RefusedError =>
  new RefusedError(refuse('not-found', `no trades are stored for ${marketId(key)}`));

function placeIn(cursor: string): TapePlace {
  const [, timeMs, skipped] = /^(\d{1,15})\+(\d{1,6})$/.exec(cursorKey(cursor)) ?? [];
  if (timeMs === undefined || skipped === undefined) throw unknownCursor();
  return { timeMs: Number(timeMs), skipped: Number(skipped) };
}
