import { isRules, type AnyStrategyDocument, type StrategyIssue } from '@wickworks/contracts';
import { err, ok, type Result } from '@wickworks/core';
import { compileStrategy, type StrategyDefinition } from '@wickworks/engine';

/** The strategy of a document, ready to run: rules compiled, code in its jail. For threads: code may take its time. */
export async function definitionOf(
  document: AnyStrategyDocument,
): Promise<Result<StrategyDefinition, readonly StrategyIssue[]>> {
  if (isRules(document)) {
    const compiled = compileStrategy(document);
    return compiled.ok ? compiled : err([...compiled.error]);
  }
  const { loadStrategy } = await import('@wickworks/jail');
  const loaded = await loadStrategy(document.source);
  if (loaded.ok) return ok(loaded.value.definition);
  return err(
    loaded.error.issues.map(({ message, line, column }) => ({
      path: 'source',
      message: line === null || message.includes('line ') ? message : `line ${String(line)}: ${message}`,
      ...(line !== null && { line }),
      ...(column !== null && { column }),
    })),
  );
}

/** One sentence of what is wrong. */
export const issuesText = (issues: readonly StrategyIssue[]): string =>
  issues.map(({ path, message }) => `${path}: ${message}`).join('; ');
