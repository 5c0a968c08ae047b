import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createEventsClient } from '@wickworks/client';
import {
  BacktestResult,
  BacktestView,
  JobAccepted,
  listOf,
  TradesView,
  type BacktestInput,
  type JobView,
} from '@wickworks/contracts';
import { useCallback, useEffect } from 'react';
import { askAll } from './ask-all.js';
import { ask, codeOf } from './auth-rest.js';
import { authFetch } from './auth-fetch.js';
import { serverUrl } from './data-services.js';
import { readResultFile, requestOf } from './engine-worker-file.js';
import type { TestRequest, TestStrategy } from './engine-worker-protocol.js';
import { useIsIn } from './use-may.js';

const KEY = ['backtests'] as const;
const LIST_LIMIT = 50;
const Views = listOf(BacktestView);
/** Should the socket be gone, what is under way is asked for all the same. */
const REFRESH_MS = 2_000;

const at = (id: string): string => `/backtests/${encodeURIComponent(id)}`;

/** Queued or at work. */
export const isUnderWay = ({ state }: Pick<BacktestView, 'state'>): boolean =>
  state === 'queued' || state === 'running';

/** Backtests on the server, whoever of this account started them; newest first, as they are right now. */
export function useServerBacktests() {
  const isIn = useIsIn();
  const queries = useQueryClient();
  useEffect(() => {
    if (!isIn) return undefined;
    const events = createEventsClient({ baseUrl: serverUrl(), fetch: authFetch });
    const readAgain = (): void => void queries.invalidateQueries({ queryKey: KEY });
    events.follow('jobs', {
      onSnapshot: readAgain,
      onItem: (job) => {
        if (job.kind !== 'backtest') return;
        const known = queries.getQueryData<readonly BacktestView[]>(KEY);
        if (isUnderWay(job) && known?.some(({ id }) => id === job.id) === true)
          queries.setQueryData<readonly BacktestView[]>(KEY, (views) => views?.map((view) => moved(view, job)));
        else readAgain();
      },
    });
    return () => events.close();
  }, [isIn, queries]);
  return useQuery({
    queryKey: KEY,
    enabled: isIn,
    queryFn: async () => (await ask(`/backtests?limit=${String(LIST_LIMIT)}`, Views)).items,
    refetchInterval: ({ state }) => (state.data?.some(isUnderWay) === true ? REFRESH_MS : false),
    retry: false,
  });
}

/** One of them; `null`: there is none. Nothing is asked while `id` is `null`. */
export const useServerBacktest = (id: string | null) =>
  useQuery({
    queryKey: [...KEY, id],
    enabled: id !== null,
    queryFn: () =>
      ask(at(id ?? ''), BacktestView).catch((error: unknown) => {
        if (codeOf(error) === 'not-found') return null;
        throw error;
      }),
    refetchInterval: ({ state: { data } }) =>
      data === undefined || (data !== null && isUnderWay(data)) ? REFRESH_MS : false,
    retry: false,
  });

const moved = (view: BacktestView, { id, state, progressRatio, detail }: JobView): BacktestView =>
  view.id === id ? { ...view, state, progressRatio, detail } : view;

/** Starting, stopping and deleting; each reads the list again. */
export function useServerBacktestCalls() {
  const queries = useQueryClient();
  const then = useCallback(
    async <T>(answer: Promise<T>): Promise<T> => {
      try {
        return await answer;
      } finally {
        void queries.invalidateQueries({ queryKey: KEY });
      }
    },
    [queries],
  );
  return {
    /** The id of the run. */
    start: async (body: BacktestInput): Promise<string> =>
      (await then(ask('/backtests', JobAccepted, { method: 'POST', body }))).job.id,
    cancel: (id: string) => then(ask(`/jobs/${encodeURIComponent(id)}`, JobAccepted, { method: 'DELETE' })),
    remove: (id: string) => then(ask(at(id), null, { method: 'DELETE' })),
  };
}

/** The whole result of a backtest that is done, as a file. */
export const serverResult = async (id: string): Promise<string> =>
  JSON.stringify(await ask(`${at(id)}/result`, BacktestResult));

/** Stored trades by market. */
export const useStoredTrades = () =>
  useQuery({ queryKey: ['stored-trades'], queryFn: () => askAll('/datasets/trades', TradesView), retry: false });

/** A run as the server takes it. */
export function serverRequestOf(request: TestRequest): BacktestInput {
  const { strategies, isShared, detailTimeframe, detailTrades, config } = request;
  const common = {
    markets: request.markets.map(({ tickSize: _tick, lotSize: _lot, minNotional: _least, ...market }) => market),
    ...(detailTimeframe === null ? {} : { detailTimeframe }),
    ...(detailTrades ? { detailTrades } : {}),
    fromMs: Math.min(...strategies.map(({ fromMs }) => fromMs)),
    toMs: Math.max(...strategies.map(({ toMs }) => toMs)),
    config,
  };
  const documentOf = ({ document, timeframe }: Pick<TestStrategy, 'document' | 'timeframe'>) => ({
    document: { ...document, timeframe },
  });
  const [first] = strategies;
  if (!isShared && first) return { ...common, strategy: documentOf(first), params: { ...first.params } };
  return {
    ...common,
    strategies: strategies.map(({ id, params, symbols, allocation, ...one }) => ({
      ...(id === undefined ? {} : { id }),
      strategy: documentOf(one),
      params: { ...params },
      symbols: [...symbols],
      ...(allocation === null ? {} : { allocation }),
    })),
  };
}

/** The result that the server makes of a file's own setup, stored trades included; throws why there is none. */
export async function runAgainOnServer(file: string): Promise<string> {
  const read = readResultFile(file);
  const request = read.ok ? requestOf(read.value) : read;
  if (!request.ok) throw new Error(request.error.message);
  const body = serverRequestOf(request.value);
  const { job } = await ask('/backtests', JobAccepted, { method: 'POST', body });
  try {
    for (;;) {
      const view = await ask(at(job.id), BacktestView);
      if (view.state === 'done') return await serverResult(job.id);
      if (!isUnderWay(view)) throw new Error(view.detail);
      await new Promise((resolve) => setTimeout(resolve, REFRESH_MS / 4));
    }
  } finally {
    // It was no run of anybody's: only the comparison counts.
    await ask(at(job.id), null, { method: 'DELETE' }).catch(() => undefined);
  }
}
