import { CorrectionView, DatasetImported, listOf, type BackfillRequest } from '@wickworks/contracts';
import type { SeriesKey } from '@wickworks/core';
import type { RestClient } from '../rest/rest-client.js';
import type { ListQuery } from '../rest/rest-core.js';
import { importFile } from './import-file.js';

const CorrectionList = listOf(CorrectionView);

/** Stored candles. */
export const datasetCalls = (rest: RestClient) => ({
  /** Stored series with ranges, gaps and content hash. */
  list: (query: { limit?: number; cursor?: string } = {}) => rest.datasets(query),
  /** Closed candles of a series that came again with other values, newest first: what was, what holds now. */
  corrections: ({ exchange, symbol, timeframe }: SeriesKey, page: ListQuery = {}, signal?: AbortSignal) =>
    rest.ask({
      method: 'GET',
      path: '/api/v1/datasets/corrections',
      query: { exchange, symbol, timeframe, ...page },
      reply: CorrectionList,
      signal,
    }),
  /** Fetches history into the store; resolves with the job that does it. */
  backfill: (request: BackfillRequest) => rest.backfill(request),
  /** Deletes the stored candles of one series for good. */
  delete: (key: SeriesKey) => rest.deleteDataset(key),
  /** Stores the candles of a CSV file, plain or gzip: all of it, or a refusal that names the line. */
  import: ({ exchange, symbol, timeframe }: SeriesKey, csv: Blob, signal?: AbortSignal) =>
    importFile(rest, csv, {
      path: '/api/v1/datasets/import',
      query: { exchange, symbol, timeframe },
      reply: DatasetImported,
      signal,
    }),
});
