import { drawdowns } from './drawdowns.js';
import type { RunFacts } from './run-facts.js';

/**
 * Deepest fall below an earlier peak, 0..1. Null without equity.
 */
export function maxDrawdown(facts: RunFacts): number | null {
  return facts.equity.length === 0
    ? null
    : drawdowns(facts).reduce((deepest, { depthRatio }) => Math.max(deepest, depthRatio), 0);
}
