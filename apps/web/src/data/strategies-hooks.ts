import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  isRules,
  StrategyDocument,
  type AnyStrategyDocument,
  type StrategyStart,
  type StrategyView,
} from '@wickworks/contracts';
import { listExamples } from '@wickworks/engine';
import { useMemo } from 'react';
import { strategyServer } from './strategies-rest.js';
import { STRATEGIES_KEY, useStrategies } from './strategies-stored.js';
import { useIsIn } from './use-may.js';

/** A strategy to choose: an example that comes along, or a stored one. */
export interface StrategyChoice {
  /** `example:<id>` or `stored:<id>`. */
  readonly key: string;
  readonly name: string;
  readonly hint: string;
  readonly document: AnyStrategyDocument;
}

const EXAMPLES: readonly StrategyChoice[] = listExamples().map(({ id, document }) => ({
  key: `example:${id}`,
  name: document.name,
  hint: 'example',
  document: StrategyDocument.parse(document),
}));

/** Built-in strategies to start from. */
export const strategyExamples = (): readonly StrategyChoice[] => EXAMPLES;

/** Everything that can be tested here, the stored ones first. */
export function useStrategyChoices(): readonly StrategyChoice[] {
  const { data } = useStrategies();
  return useMemo(
    () => [
      ...(data ?? []).map(({ id, name, version, document }) => ({
        key: `stored:${id}`,
        name,
        hint: `${isRules(document) ? '' : 'code, '}version ${String(version)}`,
        document,
      })),
      ...EXAMPLES,
    ],
    [data],
  );
}

/** Every version ever saved, newest first. */
export function useStrategyVersions(id: string | null) {
  return useQuery({
    queryKey: [...STRATEGIES_KEY, id, 'versions'],
    queryFn: async () => (await strategyServer.versions(id ?? '')).toSorted((a, b) => b.version - a.version),
    enabled: id !== null,
    retry: false,
  });
}

/** What the server finds wrong with a strategy in code; asked anew for each source. */
export function useCodeCheck(document: AnyStrategyDocument | null) {
  const isIn = useIsIn();
  const source = document !== null && !isRules(document) ? document.source : null;
  return useQuery({
    queryKey: [...STRATEGIES_KEY, 'check', source],
    queryFn: async () => (document === null ? [] : (await strategyServer.check(document)).issues),
    enabled: isIn && source !== null,
    placeholderData: (before) => before,
    staleTime: Infinity,
    retry: false,
  });
}

const PROOF_REFRESH_MS = 1_500;

/** What the bias proof of a version has found; asked again while it is being made. */
export function useStrategyProof(id: string, version: number) {
  return useQuery({
    queryKey: [...STRATEGIES_KEY, id, 'proof', version],
    queryFn: () => strategyServer.proof(id, version),
    refetchInterval: ({ state: { data } }) =>
      data?.state === 'queued' || data?.state === 'running' ? PROOF_REFRESH_MS : false,
    retry: false,
  });
}

function useStrategyMutation<Given, Answer>(mutationFn: (given: Given) => Promise<Answer>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn, onSettled: () => queries.invalidateQueries({ queryKey: STRATEGIES_KEY }) });
}

/** Creates without `stored`, else saves over the version that was read. */
export const useSaveStrategy = () =>
  useStrategyMutation(({ stored, document }: { stored: StrategyView | null; document: AnyStrategyDocument }) =>
    stored === null ? strategyServer.create(document) : strategyServer.save(stored.id, stored.version, document),
  );
export const useRemoveStrategy = () =>
  useStrategyMutation(({ id, version }: StrategyView) => strategyServer.remove(id, version));
export const useStartStrategy = () =>
  useStrategyMutation(({ id, ...body }: StrategyStart & { id: string }) => strategyServer.start(id, body));
export const useProveStrategy = () =>
  useStrategyMutation(({ id, version }: StrategyView) => strategyServer.prove(id, version));
export const useStopStrategy = () => useStrategyMutation((id: string) => strategyServer.stop(id));
