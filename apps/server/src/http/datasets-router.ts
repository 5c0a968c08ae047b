import { Router } from 'express';
import * as z from 'zod';
import { BackfillRequest, ExchangeId, SymbolName, TimeframeName } from '@wickworks/contracts';
import type { SeriesKey } from '@wickworks/core';
import type { Backfill } from '../app/backfill.js';
import { datasetId } from '../app/datasets.js';
import type { JobBoard } from '../jobs/job-board.js';
import type { DatasetView } from '@wickworks/contracts';
import type { Result } from '@wickworks/core';
import { refuse, type Refusal } from '../wire/problem.js';
import { pageOf, Paging } from './paging.js';
import { granted, onlyMethods, parsed, RefusedError } from './problems.js';

const SeriesQuery = z.object({ exchange: ExchangeId, symbol: SymbolName, timeframe: TimeframeName });

/** What the routes of stored candles need. */
export interface DatasetUseCases {
  list(): Promise<DatasetView[]>;
  delete(key: SeriesKey): Promise<boolean>;
  prepareBackfill(request: BackfillRequest): Promise<Result<Backfill, Refusal>>;
}

/** `GET /datasets`, `DELETE /datasets?exchange&symbol&timeframe`, `POST /datasets/backfill`. */
export function datasetsRouter(useCases: DatasetUseCases, jobs: JobBoard): Router {
  const router = Router();
  router.get('/datasets', async (request, response) => {
    response.json(pageOf(await useCases.list(), parsed(Paging, request.query), datasetId));
  });
  router.delete('/datasets', async (request, response) => {
    const key = parsed(SeriesQuery, request.query);
    if (!(await useCases.delete(key)))
      throw new RefusedError(refuse('not-found', `no candles are stored for ${datasetId(key)}`));
    response.status(204).end();
  });
  onlyMethods(router, '/datasets', ['GET', 'DELETE']);
  router.post('/datasets/backfill', async (request, response) => {
    const wanted = parsed(BackfillRequest, request.body);
    const work = granted(await useCases.prepareBackfill(wanted));
    const job = jobs.start('backfill', `candles of ${datasetId(wanted)}`, work);
    response.status(202).location(`/api/v1/jobs/${job.id}`).json({ job });
  });
  onlyMethods(router, '/datasets/backfill', ['POST']);
  return router;
}
