import {
  API,
  type BackfillRequest,
  type CorrectionView,
  type DatasetImported,
  type DatasetView,
  type TradesView,
} from '@wickworks/contracts';
import type { Result, SeriesKey } from '@wickworks/core';
import { datasetId } from '../app/datasets.js';
import { BACKFILL_JOB } from '../app/resume-backfill.js';
import type { JobBoard, JobWork } from '../jobs/job-board.js';
import { refuse, type Refusal } from '../wire/problem.js';
import type { ApiRouter } from './api-router.js';
import { cursorKey, cursorOf, pageOf, unknownCursor } from './paging.js';
import { granted, RefusedError } from './problems.js';

/** What the routes of stored candles need. */
export interface DatasetUseCases {
  list(): Promise<DatasetView[]>;
  /** Newest first; `null` where nothing is stored. */
  corrections(key: SeriesKey, limit: number, beforeId?: number): Promise<CorrectionView[] | null>;
  listTrades(): Promise<readonly TradesView[]>;
  delete(key: SeriesKey): Promise<boolean>;
  import(key: SeriesKey, csv: AsyncIterable<Uint8Array>): Promise<Result<DatasetImported, Refusal>>;
  prepareBackfill(request: BackfillRequest): Promise<Result<JobWork, Refusal>>;
}

/** Stored candles: list, corrections, delete, import, fetch. */
export function datasetRoutes(api: ApiRouter, useCases: DatasetUseCases, jobs: JobBoard): void {
  api.route(API.datasets.getDatasets, async ({ query }) => pageOf(await useCases.list(), query, datasetId));
  api.route(API.datasets.getCorrections, async ({ query: { limit, cursor, ...key } }) => {
    // One more than asked for tells whether there is a next page.
    const found = await useCases.corrections(key, limit + 1, cursor === undefined ? undefined : idIn(cursor));
    if (!found) throw notStored(key);
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return { items, nextCursor: last && found.length > limit ? cursorOf(String(last.id)) : null };
  });
  api.route(API.datasets.getTradeDatasets, async ({ query }) =>
    pageOf(await useCases.listTrades(), query, ({ exchange, symbol }) => `${exchange} ${symbol}`),
  );
  api.route(API.datasets.deleteDataset, async ({ query: key }) => {
    if (!(await useCases.delete(key))) throw notStored(key);
  });
  api.route(API.datasets.importDataset, async ({ query, body }) => granted(await useCases.import(query, body)));
  api.route(API.datasets.startBackfill, async ({ body, http, principal }) => {
    const work = granted(await useCases.prepareBackfill(body));
    const origin = { owner: principal.userId, request: body };
    const job = await jobs.start(BACKFILL_JOB, `candles of ${datasetId(body)}`, work, origin);
    http.location(`/api/v1/jobs/${job.id}`);
    return { job };
  });
}

const notStored = (key: SeriesKey): RefusedError =>
  new RefusedError(refuse('not-found', `no candles are stored for ${datasetId(key)}`));

function idIn(cursor: string): number {
  const text = cursorKey(cursor);
  if (!/^[1-9]\d{0,14}$/.test(text)) throw unknownCursor();
  return Number(text);
}
