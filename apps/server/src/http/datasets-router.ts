import { API, type BackfillRequest, type DatasetImported, type DatasetView } from '@wickworks/contracts';
import type { Result, SeriesKey } from '@wickworks/core';
import { datasetId } from '../app/datasets.js';
import { BACKFILL_JOB } from '../app/resume-backfill.js';
import type { JobBoard, JobWork } from '../jobs/job-board.js';
import { refuse, type Refusal } from '../wire/problem.js';
import type { ApiRouter } from './api-router.js';
import { pageOf } from './paging.js';
import { granted, RefusedError } from './problems.js';

/** What the routes of stored candles need. */
export interface DatasetUseCases {
  list(): Promise<DatasetView[]>;
  delete(key: SeriesKey): Promise<boolean>;
  import(key: SeriesKey, csv: AsyncIterable<Uint8Array>): Promise<Result<DatasetImported, Refusal>>;
  prepareBackfill(request: BackfillRequest): Promise<Result<JobWork, Refusal>>;
}

/** Stored candles: list, delete, import, fetch. */
export function datasetRoutes(api: ApiRouter, useCases: DatasetUseCases, jobs: JobBoard): void {
  api.route(API.datasets.getDatasets, async ({ query }) => pageOf(await useCases.list(), query, datasetId));
  api.route(API.datasets.deleteDataset, async ({ query: key }) => {
    if (!(await useCases.delete(key)))
      throw new RefusedError(refuse('not-found', `no candles are stored for ${datasetId(key)}`));
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
