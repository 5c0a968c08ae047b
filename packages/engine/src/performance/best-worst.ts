import type { RunFacts } from './run-facts.js';

/** Highest and lowest return of a round trip, ratios; null without one. */
export function bestWorst(facts: RunFacts): { readonly best: number | null; readonly worst: number | null } {
  const first = facts.roundTrips[0];
  if (!first) return { best: null, worst: null };
  let best = first.returnRatio;
  let worst = first.returnRatio;
  for (const { returnRatio } of facts.roundTrips) {
    best = Math.max(best, returnRatio);
    worst = Math.min(worst, returnRatio);
  }
  return { best, worst };
}
