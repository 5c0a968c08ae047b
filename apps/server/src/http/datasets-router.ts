import { API, type BackfillRequest, type DatasetView } from '@wickworks/contracts';
import type { Result, SeriesKey } from '@wickworks/core';
import type { Backfill } from '../app/backfill.js';
import { datasetId } from '../app/datasets.js';
import type { JobBoard } from '../jobs/job-board.js';
import { refuse, type Refusal } from '../wire/problem.js';
import type { ApiRouter } from './api-router.js';
import { pageOf } from './paging.js';
import { granted, RefusedError } from './problems.js';

/** What the routes of stored candles need. */
export interface DatasetUseCases {
  list(): Promise<DatasetView[]>;
  delete(key: SeriesKey): Promise<boolean>;
  prepareBackfill(request: BackfillRequest): Promise<Result<Backfill, Refusal>>;
}

/** Stored candles: list, delete, fetch. */
export function datasetRoutes(api: ApiRouter, useCases: DatasetUseCases, jobs: JobBoard): void {
  api.route(API.datasets.getDatasets, async ({ query }) => pageOf(await useCases.list(), query, datasetId));
  api.route(API.datasets.deleteDataset, async ({ query: key }) => {
    if (!(await useCases.delete(key)))
      throw new RefusedError(refuse('not-found', `no candles are stored for ${datasetId(key)}`));
  });
  api.route(API.datasets.startBackfill, async ({ body, http, principal }) => {
    const work = granted(await useCases.prepareBackfill(body));
    const job = jobs.start('backfill', `candles of ${datasetId(body)}`, work, { owner: principal.userId });
    http.location(`/api/v1/jobs/${job.id}`);
    return { job };
  });
}
