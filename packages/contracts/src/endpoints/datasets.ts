import * as z from 'zod';
import { ExchangeId, SymbolName, TimeframeName } from '../candles.js';
import { BackfillRequest, DatasetView, JobAccepted } from '../datasets.js';
import { endpoint, Paging } from '../endpoint.js';
import { listOf } from '../exchanges.js';

const tag = 'Datasets';
const path = '/api/v1/datasets';

export const getDatasets = endpoint({
  method: 'GET',
  path,
  tag,
  role: 'market-data',
  scope: 'market-data:read',
  summary: 'Stored candle series with ranges, gaps and content hash',
  query: Paging,
  reply: listOf(DatasetView),
});

export const deleteDataset = endpoint({
  method: 'DELETE',
  path,
  tag,
  role: 'trader',
  scope: 'datasets:write',
  summary: 'Delete the stored candles of one series for good',
  query: z.object({ exchange: ExchangeId, symbol: SymbolName, timeframe: TimeframeName }),
  errors: ['not-found'],
});

export const startBackfill = endpoint({
  method: 'POST',
  path: `${path}/backfill`,
  tag,
  role: 'trader',
  scope: 'datasets:write',
  rate: 'heavy',
  summary: 'Fetch history into the store',
  body: BackfillRequest,
  reply: JobAccepted,
  status: 202,
  errors: [
    'unknown-exchange',
    'unknown-symbol',
    'unknown-timeframe',
    'exchange-unavailable',
    'exchange-rejected',
    'not-supported',
  ],
  example: { body: { exchange: 'local', symbol: 'BTC/USDT', timeframe: '1m', fromMs: 1_722_000_000_000 } },
});
