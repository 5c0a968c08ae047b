import * as z from 'zod';
import { ExchangeId, SymbolName, TimeframeName } from '../candles.js';
import { BackfillRequest, CorrectionView, DatasetImported, DatasetView, JobAccepted, TradesView } from '../datasets.js';
import { ByteStream, endpoint, Paging } from '../endpoint.js';
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

export const getCorrections = endpoint({
  method: 'GET',
  path: `${path}/corrections`,
  tag,
  role: 'market-data',
  scope: 'market-data:read',
  summary: 'Closed candles that came again with other values',
  description: 'Newest first: what was stored before, what holds now, when and how it came in.',
  query: Paging.extend({ exchange: ExchangeId, symbol: SymbolName, timeframe: TimeframeName }),
  reply: listOf(CorrectionView),
  errors: ['not-found'],
});

export const getTradeDatasets = endpoint({
  method: 'GET',
  path: `${path}/trades`,
  tag,
  role: 'market-data',
  scope: 'market-data:read',
  summary: 'Stored trades by market, with the times they are complete for and content hash',
  query: Paging,
  reply: listOf(TradesView),
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

export const importDataset = endpoint({
  method: 'POST',
  path: `${path}/import`,
  tag,
  role: 'trader',
  scope: 'datasets:write',
  rate: 'heavy',
  summary: 'Store the candles of a CSV file, all or none',
  description:
    'Plain or gzip, `time,open,high,low,close,volume`, times in ms UTC that rise. The first bad row refuses the whole file, by its line number.',
  query: z.object({ exchange: ExchangeId, symbol: SymbolName, timeframe: TimeframeName }),
  body: ByteStream,
  bodyMedia: ['text/csv', 'application/gzip'],
  bodyBytesMax: 128 * 1024 * 1024,
  reply: DatasetImported,
  isIdempotent: false, // by its nature: the same file again changes nothing
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
