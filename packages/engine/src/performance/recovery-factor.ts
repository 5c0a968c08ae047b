import { maxDrawdown } from './max-drawdown.js';
import { finite, type RunFacts } from './run-facts.js';
import { totalReturn } from './total-return.js';

/**
 * Total return ÷ deepest drawdown. Null without a drawdown.
 */
export function recoveryFactor(facts: RunFacts): number | null {
  const gain = totalReturn(facts);
  const depth = maxDrawdown(facts);
  return gain === null || depth === null ? null : finite(gain / depth);
}
