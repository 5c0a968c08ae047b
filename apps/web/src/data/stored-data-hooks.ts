import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { datasetCalls, RestClient } from '@wickworks/client';
import type { BackfillRequest, JobView } from '@wickworks/contracts';
import type { SeriesKey } from '@wickworks/core';
import { useMemo } from 'react';
import { allPages } from './all-pages.js';
import { useDataServices } from './data-provider.js';
import type { UseDatasets, UseHealth, UseJobs } from './hooks-api.js';
import { orThrow } from './rest-error.js';

/* What only some pages ask for: loaded with them. */

function useRest(): RestClient {
  const { rest } = useDataServices().client;
  return useMemo(() => new RestClient(rest.options), [rest]);
}

/** Stored series with their ranges and gaps. */
export const useDatasets: UseDatasets = () => {
  const rest = useRest();
  return useQuery({
    queryKey: ['datasets'],
    queryFn: ({ signal }) => allPages((cursor) => orThrow(rest.datasets(cursor ? { cursor } : {}, signal))),
  });
};

const CORRECTIONS_PAGE = 50;

/** Closed candles of a series that came again with other values, newest first, page by page. */
export function useCorrections({ exchange, symbol, timeframe }: SeriesKey) {
  const datasets = datasetCalls(useRest());
  return useInfiniteQuery({
    // Below the datasets: what makes these stale makes their corrections stale.
    queryKey: ['datasets', 'corrections', exchange, symbol, timeframe],
    queryFn: ({ pageParam, signal }) =>
      orThrow(
        datasets.corrections(
          { exchange, symbol, timeframe },
          { limit: CORRECTIONS_PAGE, ...(pageParam !== null && { cursor: pageParam }) },
          signal,
        ),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
}

/** See {@link UseJobs}. */
export const useJobs: UseJobs = () => {
  const rest = useRest();
  const queries = useQueryClient();
  return useQuery({
    queryKey: ['jobs'],
    queryFn: async ({ signal }) => {
      const wasUnderWay = queries.getQueryData<readonly JobView[]>(['jobs'])?.some(isUnderWay) ?? false;
      const { items } = await orThrow(rest.jobs({}, signal));
      // What a job stored shows as it goes, and once more when it has ended.
      if (wasUnderWay || items.some(isUnderWay)) void queries.invalidateQueries({ queryKey: ['datasets'] });
      return items;
    },
    refetchInterval: ({ state }) => (state.data?.some(isUnderWay) ? 1_000 : false),
  });
};

const isUnderWay = (job: JobView): boolean => job.state === 'queued' || job.state === 'running';

/** Health of the server's parts, asked every 5 s while shown. */
export const useHealth: UseHealth = () => {
  const rest = useRest();
  return useQuery({
    queryKey: ['health'],
    queryFn: ({ signal }) => orThrow(rest.health(signal)),
    refetchInterval: 5_000,
    staleTime: 0,
  });
};

/** Starts a backfill; jobs are read again at once. */
export function useBackfill() {
  const rest = useRest();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (request: BackfillRequest) => (await orThrow(rest.backfill(request))).job,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['jobs'] }),
  });
}

/** Deletes the stored candles of one series. */
export function useDeleteDataset() {
  const rest = useRest();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (key: SeriesKey) => orThrow(rest.deleteDataset(key)),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['datasets'] }),
  });
}

/** Cancels a job by its id. */
export function useCancelJob() {
  const rest = useRest();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => orThrow(rest.cancelJob(id)),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['jobs'] }),
  });
}

interface ImportRequest {
  readonly key: SeriesKey;
  readonly file: Blob;
  /** Ends the upload; what was not taken whole is not stored at all. */
  readonly signal: AbortSignal;
}

/** Stores a candle file; datasets are read again at once. */
export function useImportDataset() {
  const datasets = datasetCalls(useRest());
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ key, file, signal }: ImportRequest) => orThrow(datasets.import(key, file, signal)),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['datasets'] }),
  });
}
