import type { CorrectionView, DatasetImported, DatasetView } from '@wickworks/contracts';
import { assert, err, ok, seriesId, type Result, type SeriesKey } from '@wickworks/core';
import { importCandles, readCandleCsv, type CandleStore, type CsvFault, type SeriesSummary } from '@wickworks/db';
import { refuse, type Refusal } from '../wire/problem.js';

/** Candles one file may hold: more than ten years of minutes. */
const IMPORT_ROWS_MAX = 6_000_000;

/** Name of a dataset in lists. */
export const datasetId = (view: Pick<DatasetView, 'exchange' | 'symbol' | 'timeframe'>): string => seriesId(view);

/** Every stored series, in order of exchange, symbol and timeframe. */
export async function listDatasets(store: CandleStore): Promise<DatasetView[]> {
  const summaries = await store.list();
  return summaries.map(viewOf).toSorted((a, b) => (datasetId(a) < datasetId(b) ? -1 : 1));
}

const viewOf = (summary: SeriesSummary): DatasetView => ({ ...summary, gaps: [...summary.gaps] });

/** The newest corrections of a series, before the one of `beforeId` when that is given; `null` where nothing is stored. */
export async function listCorrections(
  store: CandleStore,
  key: SeriesKey,
  limit: number,
  beforeId?: number,
): Promise<CorrectionView[] | null> {
  if ((await store.lastOpenTime(key)) === null) return null;
  return [...(await store.corrections(key, limit, beforeId))];
}

/** Stores all candles of a CSV text, plain or gzip; one that is refused, naming the line, stores none of it. */
export async function importDataset(
  store: CandleStore,
  { exchange, symbol, timeframe }: SeriesKey,
  csv: AsyncIterable<Uint8Array>,
  nowMs: number,
): Promise<Result<DatasetImported, Refusal>> {
  const series = { exchange, symbol, timeframe };
  const read = await readCandleCsv(csv, timeframe, IMPORT_ROWS_MAX);
  if (!read.ok) return err(refusalOfFile(read.error));
  const { added, unchanged, corrections } = await importCandles(store, series, read.value, nowMs);
  const summary = await store.summary(series);
  assert(summary !== null, 'what was just stored is there');
  return ok({ added, unchanged, corrected: corrections.length, dataset: viewOf(summary) });
}

/** What refuses a whole file, with the line. */
export function refusalOfFile({ line, reason }: CsvFault): Refusal {
  const path = line === null ? 'body' : `line ${line}`;
  return refuse('invalid-field', `${path}: ${reason}; nothing was imported`, [{ path, message: reason }]);
}

/** Removes a stored series; false when there was none. */
export async function deleteDataset(store: CandleStore, key: SeriesKey): Promise<boolean> {
  // Not the summary: a damaged series must be removable too.
  if ((await store.lastOpenTime(key)) === null) return false;
  await store.delete(key);
  return true;
}
