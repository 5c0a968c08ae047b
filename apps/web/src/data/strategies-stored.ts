import { useQueries, useQuery } from '@tanstack/react-query';
import type { SignalView, StrategyView } from '@wickworks/contracts';
import { strategyServer } from './strategies-rest.js';
import { useIsIn } from './use-may.js';

// Apart from the other hooks, which bring the examples and with them the engine.

export const STRATEGIES_KEY = ['strategies'] as const;
/** Run states and faults change without us. */
const REFRESH_MS = 10_000;
const SIGNALS_REFRESH_MS = 5_000;

/** Stored strategies, newest change first; none are asked for while nobody is signed in. */
export function useStrategies() {
  const isIn = useIsIn();
  return useQuery({
    queryKey: STRATEGIES_KEY,
    enabled: isIn,
    queryFn: async () => (await strategyServer.list()).toSorted((a, b) => b.updatedMs - a.updatedMs),
    refetchInterval: REFRESH_MS,
    retry: false,
  });
}

const signalsOf = (id: string, isRunning: boolean) => ({
  queryKey: [...STRATEGIES_KEY, id, 'signals'],
  queryFn: async () => (await strategyServer.signals(id)).toSorted((a, b) => b.openTimeMs - a.openTimeMs),
  refetchInterval: isRunning ? SIGNALS_REFRESH_MS : (false as const),
  retry: false,
});

/** The newest signals of a strategy, newest first; asked again while it runs. */
export const useStrategySignals = (id: string, isRunning: boolean) => useQuery(signalsOf(id, isRunning));

/** A strategy that runs on a market, and what it said there, newest first. */
export interface MarketSignals {
  readonly strategy: StrategyView;
  readonly signals: readonly SignalView[];
  /** `old`: the server did not answer when asked last, so there may be newer ones. */
  readonly state: 'asking' | 'ready' | 'old';
}

/** Everything that runs on one market; the same list until something in it changes. */
export function useMarketSignals(exchange: string, symbol: string): readonly MarketSignals[] {
  const { data } = useStrategies();
  const isHere = (market: { exchange: string; symbol: string }): boolean =>
    market.exchange === exchange && market.symbol === symbol;
  const running = (data ?? []).filter((strategy) => strategy.running.some(isHere));
  return useQueries({
    queries: running.map(({ id }) => signalsOf(id, true)),
    combine: (answers) =>
      running.map((strategy, index): MarketSignals => {
        const { data: signals = [], error = null, isPending = true } = answers[index] ?? {};
        return {
          strategy,
          signals: signals.filter(isHere),
          state: error !== null ? 'old' : isPending ? 'asking' : 'ready',
        };
      }),
  });
}
