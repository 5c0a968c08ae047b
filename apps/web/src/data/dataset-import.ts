import { datasetCalls } from '@wickworks/client';
import type { SeriesKey } from '@wickworks/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useDataServices } from './data-provider.js';
import { orThrow } from './rest-error.js';

interface ImportRequest {
  readonly key: SeriesKey;
  readonly file: Blob;
  /** Ends the upload; what was not taken whole is not stored at all. */
  readonly signal: AbortSignal;
}

/** Stores a candle file; datasets are read again at once. */
export function useImportDataset() {
  const datasets = datasetCalls(useDataServices().client.rest);
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ key, file, signal }: ImportRequest) => orThrow(datasets.import(key, file, signal)),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['datasets'] }),
  });
}
