import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Page, RestClient } from '@wickworks/client';
import type { BackfillRequest, JobView, MarketView } from '@wickworks/contracts';
import type { SeriesKey } from '@wickworks/core';
import { useDataServices } from './data-provider.js';
import type {
  UseConnection,
  UseDatasets,
  UseExchanges,
  UseHealth,
  UseJobs,
  UseMarkets,
} from './hooks-api.js';
import { useExchangeStatus } from './live-hooks.js';
import { orThrow } from './rest-error.js';

const useRest = (): RestClient => useDataServices().client.rest;

/** Never more pages than this: a list that long has a search field. */
const PAGES_MAX = 50;

/** Exchanges the server is set up for. */
export const useExchanges: UseExchanges = () => {
  const rest = useRest();
  return useQuery({
    queryKey: ['exchanges'],
    queryFn: async ({ signal }) => (await orThrow(rest.exchanges(signal))).items,
  });
};

/** See {@link UseConnection}. */
export const useConnection: UseConnection = (exchange) => {
  const status = useExchangeStatus(exchange);
  const { data } = useExchanges();
  return { ...status, replay: data?.find((view) => view.id === exchange)?.replay ?? null };
};

/** See {@link UseMarkets}. */
export const useMarkets: UseMarkets = (exchange, search) => {
  const rest = useRest();
  return useQuery({
    queryKey: ['markets', exchange, search],
    queryFn: ({ signal }) =>
      allPages<MarketView>((cursor) =>
        orThrow(rest.markets(exchange, { ...(search && { q: search }), ...(cursor && { cursor }), limit: 500 }, signal)),
      ),
    staleTime: 10 * 60_000,
    // While a search is refined, the last answer stays on the screen.
    placeholderData: (previous, query) => (query?.queryKey[1] === exchange ? previous : undefined),
  });
};

/** Stored series with their ranges and gaps. */
export const useDatasets: UseDatasets = () => {
  const rest = useRest();
  return useQuery({
    queryKey: ['datasets'],
    queryFn: ({ signal }) => allPages((cursor) => orThrow(rest.datasets(cursor ? { cursor } : {}, signal))),
  });
};

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

async function allPages<T>(fetchPage: (cursor: string | undefined) => Promise<Page<T>>): Promise<readonly T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < PAGES_MAX; page++) {
    const answer = await fetchPage(cursor);
    items.push(...answer.items);
    if (answer.nextCursor === null) break;
    cursor = answer.nextCursor;
  }
  return items;
}
