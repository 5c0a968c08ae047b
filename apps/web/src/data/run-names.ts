import type { RunSetup } from '@wickworks/engine';

/** What of a run's setup says which strategies ran, alone or several on one account. */
interface NamedSetup extends Pick<RunSetup, 'strategy' | 'strategyId' | 'timeframe'> {
  readonly strategies?:
    readonly Readonly<{ id: string; strategy: unknown; timeframe: RunSetup['timeframe'] }>[] | undefined;
}

/** What a strategy is called: by its document, else by its id. */
const nameOf = (document: unknown, id: string): string =>
  typeof document === 'object' && document !== null && 'name' in document && typeof document.name === 'string'
    ? document.name
    : id;

/** The strategies of a run by name. */
export const strategyNames = ({ strategies, strategy, strategyId }: NamedSetup): readonly string[] =>
  strategies?.map((one) => nameOf(one.strategy, one.id)) ?? [nameOf(strategy, strategyId)];

/** The timeframes of a run, each once. */
export const timeframesOf = ({ strategies, timeframe }: NamedSetup): readonly string[] => [
  ...new Set(strategies?.map((one) => one.timeframe) ?? [timeframe]),
];
