import { ok, type Result } from '@wickworks/core';
import type { BacktestFault } from '../runner/backtest.js';
import { prepareRun, type RunInput } from '../runner/run.js';
import type { BiasCheck, BiasProof } from './bias-proof.js';
import { lookAhead } from './look-ahead.js';
import { allBegunBy, openTimeAt, seededShares } from './time-cuts.js';
import { warmUp } from './warm-up.js';

/** Places at which the future is taken away, and from which the data is made to start. */
const CUTS = 4;
const STARTS = 3;

/**
 * Looks for the two ways in which a backtest flatters itself unnoticed. Look-ahead: at several places in time the run
 * is repeated without what came later, and with another future; nothing up to there may change. Warm-up: the data is
 * made to start later; after the strategy's own warm-up every indicator must show what a longer history shows. A
 * strategy that reads the future only now and then, between all cuts, can pass; the places are drawn from `seed`.
 * The same input and seed give the same proof.
 */
export function proveStrategy(input: RunInput & { readonly seed?: number }): Result<BiasProof, BacktestFault> {
  const prepared = prepareRun(input);
  if (!prepared.ok) return prepared;
  const whole = prepared.value;
  whole.advance();
  const seed = input.seed ?? 1;
  const checks: BiasCheck[] = [];
  for (const share of seededShares(CUTS, 0.2, 1, seed)) {
    const cutMs = openTimeAt(input, share);
    if (!allBegunBy(input, cutMs)) continue;
    const found = lookAhead(input, whole, cutMs);
    if (!found.ok) return found;
    if (found.value) {
      checks.push(found.value);
      break;
    }
  }
  if (checks.length === 0)
    checks.push({
      kind: 'look-ahead',
      passed: true,
      culprit: null,
      timeMs: null,
      detail: `nothing changes when the future is missing or different at ${String(CUTS)} places`,
    });
  const starts = seededShares(STARTS, 0.05, 0.5, seed + 1).map((share) => openTimeAt(input, share));
  const settled = warmUp(input, whole, starts);
  if (!settled.ok) return settled;
  checks.push(...settled.value);
  return ok({ passed: checks.every(({ passed }) => passed), checks });
}
