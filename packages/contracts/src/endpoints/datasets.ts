import * as z from 'zod';
import { ExchangeId, SymbolName, TimeframeName } from '../candles.js';
import {
  BackfillRequest,
  CorrectionView,
  DatasetImported,
  DatasetView,
  JobAccepted,
  TradesBackfillRequest,
  TradesImportedView,
  TradesView,
  TradeTapePage,
} from '../datasets.js';
import { ByteStream, endpoint, Moment, Paging } from '../endpoint.js';
import { listOf } from '../exchanges.js';

const tag = 'Datasets';
const path = '/api/v1/datasets';
const series = z.strictObject({ exchange: ExchangeId, symbol: SymbolName, timeframe: TimeframeName });
const market = series.omit({ timeframe: true });
const reads = { tag, role: 'market-data', scope: 'market-data:read' } as const;
const writes = { tag, role: 'trader', scope: 'datasets:write' } as const;
const takesFile = {
  method: 'POST',
  rate: 'heavy',
  body: ByteStream,
  bodyMedia: ['text/csv', 'application/gzip'],
  bodyBytesMax: 128 * 1024 * 1024,
  isIdempotent: false, // by its nature: the same file again changes nothing
} as const;
const startsJob = { method: 'POST', rate: 'heavy', reply: JobAccepted, status: 202 } as const;
/** One answer's trades: some two megabytes before compression. */
const TAPE_TRADES_MAX = 50_000;

export const getDatasets = endpoint({
  method: 'GET',
  path,
  ...reads,
  summary: 'Stored candle series with ranges, gaps and content hash',
  query: Paging,
  reply: listOf(DatasetView),
});

export const getCorrections = endpoint({
  method: 'GET',
  path: `${path}/corrections`,
  ...reads,
  summary: 'Closed candles that came again with other values',
  description: 'Newest first: what was stored before, what holds now, when and how it came in.',
  query: Paging.extend(series.shape),
  reply: listOf(CorrectionView),
  errors: ['not-found'],
});

export const getTradeDatasets = endpoint({
  method: 'GET',
  path: `${path}/trades`,
  ...reads,
  summary: 'Stored trades by market, with the times they are complete for and content hash',
  query: Paging,
  reply: listOf(TradesView),
});

export const deleteDataset = endpoint({
  method: 'DELETE',
  path,
  ...writes,
  summary: 'Delete the stored candles of one series for good',
  query: series,
  errors: ['not-found'],
});

export const importDataset = endpoint({
  ...writes,
  ...takesFile,
  path: `${path}/import`,
  summary: 'Store the candles of a CSV file, all or none',
  description:
    'Plain or gzip, `time,open,high,low,close,volume`, times in ms UTC that rise. The first bad row refuses the whole file, by its line number.',
  query: series,
  reply: DatasetImported,
});

export const startBackfill = endpoint({
  ...writes,
  ...startsJob,
  path: `${path}/backfill`,
  summary: 'Fetch history into the store',
  body: BackfillRequest,
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

export const getTradeTape = endpoint({
  ...reads,
  method: 'GET',
  path: `${path}/trades/tape`,
  summary: 'Stored trades of one market, page by page',
  description: 'In the order they happened; `fromMs` and `toMs` (exclusive) left out: all that are stored.',
  query: market.extend({
    fromMs: Moment.optional(),
    toMs: Moment.optional(),
    limit: z.coerce.number().int().min(1).max(TAPE_TRADES_MAX).default(10_000),
    cursor: Paging.shape.cursor,
  }),
  reply: TradeTapePage,
  errors: ['not-found'],
});

export const deleteTrades = endpoint({
  ...writes,
  method: 'DELETE',
  path: `${path}/trades`,
  summary: 'Delete the stored trades of one market for good',
  query: market,
  errors: ['not-found'],
});

export const importTrades = endpoint({
  ...writes,
  ...takesFile,
  path: `${path}/trades/import`,
  summary: 'Store the trades of a CSV file, all or none',
  description:
    'Plain or gzip, `time,price,quantity,side,id` (`id` may be left out; `side` buy, sell or nothing), times in ms UTC that do not fall. The file counts as complete from `fromMs` (left out: its first trade) to `toMs` (exclusive; left out: its last). The first bad row refuses the whole file, by its line number; other trades stored of that time refuse it too, unless `replace` is `true`.',
  query: market.extend({
    fromMs: Moment.optional(),
    toMs: Moment.optional(),
    replace: z.enum(['true', 'false']).default('false'),
  }),
  reply: TradesImportedView,
  errors: ['conflict'],
});

export const startTradesBackfill = endpoint({
  ...writes,
  ...startsJob,
  path: `${path}/trades/backfill`,
  summary: 'Fetch trades into the store',
  description: 'From exchanges that number their trades. What is stored is not asked for again.',
  body: TradesBackfillRequest,
  errors: ['unknown-exchange', 'unknown-symbol', 'exchange-unavailable', 'exchange-rejected', 'not-supported'],
  example: { body: { exchange: 'local', symbol: 'BTC/USDT', fromMs: 1_795_200_000_000, toMs: 1_795_203_600_000 } },
});
