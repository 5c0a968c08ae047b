import {
  API,
  type BackfillRequest,
  type CorrectionView,
  type DatasetImported,
  type DatasetView,
  type Endpoint,
} from '@wickworks/contracts';
import type { Result, SeriesKey } from '@wickworks/core';
import { datasetId } from '../app/datasets.js';
import { BACKFILL_JOB } from '../app/resume-backfill.js';
import type { Audit } from '../auth/audit.js';
import type { JobBoard, JobWork } from '../jobs/job-board.js';
import { refuse, type Refusal } from '../wire/problem.js';
import type { ApiRouter } from './api-router.js';
import type { Call } from './call.js';
import { originOf } from './origin-of-call.js';
import { cursorKey, pageOf, pageOfMore, unknownCursor } from './paging.js';
import { granted, RefusedError } from './problems.js';

/** What the routes of stored candles need. */
export interface DatasetUseCases {
  list(): Promise<DatasetView[]>;
  /** Newest first; `null` where nothing is stored. */
  corrections(key: SeriesKey, limit: number, beforeId?: number): Promise<CorrectionView[] | null>;
  delete(key: SeriesKey): Promise<boolean>;
  import(key: SeriesKey, csv: AsyncIterable<Uint8Array>): Promise<Result<DatasetImported, Refusal>>;
  prepareBackfill(request: BackfillRequest): Promise<Result<JobWork, Refusal>>;
}

/** What routes that change what is stored need besides. */
export interface StorageParts {
  readonly jobs: JobBoard;
  readonly audit: Audit;
}

/** Stored candles: list, corrections, delete, import, fetch. */
export function datasetRoutes(api: ApiRouter, useCases: DatasetUseCases, parts: StorageParts): void {
  const { audit } = parts;
  api.route(API.datasets.getDatasets, async ({ query }) => pageOf(await useCases.list(), query, datasetId));
  api.route(API.datasets.getCorrections, async ({ query: { limit, cursor, ...key } }) => {
    const found = await useCases.corrections(key, limit + 1, cursor === undefined ? undefined : idIn(cursor));
    if (!found) throw notStored(key);
    return pageOfMore(found, limit, ({ id }) => id);
  });
  api.route(API.datasets.deleteDataset, async (call) => {
    if (!(await useCases.delete(call.query))) throw notStored(call.query);
    const target = `candles:${datasetId(call.query)}`;
    await audit.write(call.principal, originOf(call), { action: 'dataset.delete', target });
  });
  api.route(API.datasets.importDataset, async (call) => {
    const imported = granted(await useCases.import(call.query, call.body));
    const { dataset: _, ...after } = imported;
    const target = `candles:${datasetId(call.query)}`;
    await audit.write(call.principal, originOf(call), { action: 'dataset.import', target, after });
    return imported;
  });
  api.route(API.datasets.startBackfill, async (call) => {
    const work = granted(await useCases.prepareBackfill(call.body));
    return startFetch(call, parts, { kind: BACKFILL_JOB, title: `candles of ${datasetId(call.body)}`, work });
  });
}

/** Starts a fetch into the store as a job of whoever asked, which the next process takes up when this one ends. */
export async function startFetch<E extends Endpoint>(
  { body, principal, http }: Call<E>,
  { jobs }: StorageParts,
  { kind, title, work }: { kind: string; title: string; work: JobWork },
) {
  const job = await jobs.start(kind, title, work, { owner: principal.userId, request: body });
  http.location(`/api/v1/jobs/${job.id}`);
  return { job };
}

const notStored = (key: SeriesKey): RefusedError =>
  new RefusedError(refuse('not-found', `no candles are stored for ${datasetId(key)}`));

function idIn(cursor: string): number {
  const text = cursorKey(cursor);
  if (!/^[1-9]\d{0,14}$/.test(text)) throw unknownCursor();
  return Number(text);
}
