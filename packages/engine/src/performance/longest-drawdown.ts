import { drawdowns } from './drawdowns.js';
import type { RunFacts } from './run-facts.js';

/**
 * Longest time from a peak until equity is back there, ms; one still open counts up to the last point. Null without one.
 */
export function longestDrawdown(facts: RunFacts): number | null {
  const endMs = facts.timesMs.at(-1) ?? 0;
  const durations = drawdowns(facts).map(({ peakMs, recoveredMs }) => (recoveredMs ?? endMs) - peakMs);
  return durations.length === 0 ? null : Math.max(...durations);
}
