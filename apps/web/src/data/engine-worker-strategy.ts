import { isRules, type AnyStrategyDocument } from '@wickworks/contracts';
import { err, ok, type Result } from '@wickworks/core';
import { compileStrategy, type StrategyDefinition } from '@wickworks/engine';
import type { TestIssue } from './engine-worker-protocol.js';

/** A strategy ready to run; one in code holds its jail until it is let go. */
export interface LoadedStrategy {
  readonly definition: StrategyDefinition;
  readonly dispose: () => void;
}

/** Compiles rules, or locks code up in its jail, which is loaded when the first code comes. */
export async function loadDocument(document: AnyStrategyDocument): Promise<Result<LoadedStrategy, TestIssue[]>> {
  if (isRules(document)) {
    const compiled = compileStrategy(document);
    return compiled.ok ? ok({ definition: compiled.value, dispose: () => undefined }) : err([...compiled.error]);
  }
  const { loadStrategy } = await import('@wickworks/jail');
  const loaded = await loadStrategy(document.source);
  if (loaded.ok) return loaded;
  return err(
    loaded.error.issues.map(({ message, line }) => ({
      path: 'source',
      message: line === null ? message : `line ${String(line)}: ${message}`,
    })),
  );
}

/** Why code was stopped, when that is what `error` says. */
export const stoppedBy = (error: unknown): string | null =>
  error instanceof Error && error.name === 'GuestFault' ? `The strategy was stopped: ${error.message}` : null;
