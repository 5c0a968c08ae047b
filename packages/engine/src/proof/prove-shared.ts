import { ok, type Result } from '@wickworks/core';
import type { BacktestFault } from '../runner/backtest.js';
import { eachAlone, type SharedRunInput } from '../runner/shared-run.js';
import type { BiasCheck, BiasProof } from './bias-proof.js';
import { proveStrategy } from './prove-strategy.js';

/**
 * Looks for look-ahead and short warm-up in each of several strategies, one after the other, each alone over its own
 * candles: what a strategy knows does not hang on who shares its account. Every check names its strategy.
 */
export function proveShared(input: SharedRunInput & { readonly seed?: number }): Result<BiasProof, BacktestFault> {
  const { seed = 1, ...run } = input;
  const alone = eachAlone(run);
  if (!alone.ok) return alone;
  const checks: BiasCheck[] = [];
  for (const { id, input: one } of alone.value) {
    const proof = proveStrategy({ ...one, seed });
    if (!proof.ok) return proof;
    checks.push(...proof.value.checks.map((check) => ({ ...check, strategyId: id })));
  }
  return ok({ passed: checks.every(({ passed }) => passed), checks });
}
