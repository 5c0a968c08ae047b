import { mean } from './moments.js';
import { finite, type RunFacts } from './run-facts.js';

/** Mean and longest time from a round trip's entry to its exit, ms; null without one. */
export function durations(facts: RunFacts): { readonly meanMs: number | null; readonly longestMs: number | null } {
  const times = facts.roundTrips.map(({ entryTimeMs, exitTimeMs }) => exitTimeMs - entryTimeMs);
  const longest = times.reduce((most, time) => Math.max(most, time), -1);
  return { meanMs: finite(mean(times)), longestMs: longest < 0 ? null : longest };
}
