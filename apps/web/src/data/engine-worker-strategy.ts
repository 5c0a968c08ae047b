import { isRules, type AnyStrategyDocument } from '@wickworks/contracts';
import { err, ok, type Result } from '@wickworks/core';
import { compileStrategy, type StrategyDefinition } from '@wickworks/engine';
import type { loadStrategy } from '@wickworks/jail';
import type { TestIssue, TestRequest } from './engine-worker-protocol.js';

/** A strategy ready to run; one in code holds its jail until it is let go. */
export interface LoadedStrategy {
  readonly definition: StrategyDefinition;
  readonly dispose: () => void;
}

/** Whether rules alone are run, or code too, which takes longer for each candle and needs its jail. */
export const kindOf = ({ strategies }: Pick<TestRequest, 'strategies'>): 'rules' | 'code' =>
  strategies.every(({ document }) => isRules(document)) ? 'rules' : 'code';

/** Makes a strategy of a document, or says what keeps it from being one. */
export type LoadDocument = (document: AnyStrategyDocument) => Promise<Result<LoadedStrategy, TestIssue[]>>;

/** Compiles rules, and takes nothing else. */
export const loadRules: LoadDocument = (document) => {
  if (!isRules(document))
    return Promise.resolve(err([{ path: 'kind', message: 'strategies in code are not read here' }]));
  const compiled = compileStrategy(document);
  return Promise.resolve(
    compiled.ok ? ok({ definition: compiled.value, dispose: () => undefined }) : err([...compiled.error]),
  );
};

/** Compiles rules, or locks code up in the jail that `jail` gives when the first code comes. */
export const codeLoader =
  (jail: () => Promise<typeof loadStrategy>): LoadDocument =>
  async (document) => {
    if (isRules(document)) return loadRules(document);
    const load = await jail();
    const loaded = await load(document.source);
    if (loaded.ok) return loaded;
    return err(
      loaded.error.issues.map(({ message, line }) => ({
        path: 'source',
        message: line === null ? message : `line ${String(line)}: ${message}`,
      })),
    );
  };

/** Why code was stopped, when that is what `error` says. */
export const stoppedBy = (error: unknown): string | null =>
  error instanceof Error && error.name === 'GuestFault' ? `The strategy was stopped: ${error.message}` : null;
