import type { DatasetView } from '@wickworks/contracts';
import { seriesId, type SeriesKey } from '@wickworks/core';
import type { CandleStore } from '@wickworks/db';

/** Name of a dataset in lists. */
export const datasetId = (view: Pick<DatasetView, 'exchange' | 'symbol' | 'timeframe'>): string => seriesId(view);

/** Every stored series, in order of exchange, symbol and timeframe. */
export async function listDatasets(store: CandleStore): Promise<DatasetView[]> {
  const summaries = await store.list();
  return summaries
    .map((summary): DatasetView => ({ ...summary, gaps: [...summary.gaps] }))
    .toSorted((a, b) => (datasetId(a) < datasetId(b) ? -1 : 1));
}

/** Removes a stored series; false when there was none. */
export async function deleteDataset(store: CandleStore, key: SeriesKey): Promise<boolean> {
  // Not the summary: a damaged series must be removable too.
  if ((await store.lastOpenTime(key)) === null) return false;
  await store.delete(key);
  return true;
}
