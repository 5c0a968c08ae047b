import type { RunFacts } from './run-facts.js';

/**
 * Last equity over the deposit, less 1; a ratio. Null without equity.
 */
export function totalReturn(facts: RunFacts): number | null {
  return facts.equity.length === 0 ? null : facts.equity.at(-1)! / facts.cash - 1;
}
