import { sum } from './moments.js';
import { finite, type RunFacts } from './run-facts.js';

/**
 * Share (0..1) of time in which at least one position was held, from the open of the entry's candle to the open of
 * the exit's; overlapping trips of several markets count once. A position open at the end does not count: it is no
 * round trip yet. Null without a span of time.
 */
export function exposure(facts: RunFacts): number | null {
  const spanMs = facts.timesMs.length < 2 ? 0 : facts.timesMs.at(-1)! - facts.timesMs[0]!;
  if (spanMs <= 0) return null;
  const stays = facts.roundTrips
    .map(({ entryTimeMs, exitTimeMs }) => [entryTimeMs, exitTimeMs] as const)
    .sort((a, b) => a[0] - b[0]);
  let coveredTo = -Infinity;
  const lengths = stays.map(([from, to]) => {
    const added = Math.max(0, to - Math.max(from, coveredTo));
    coveredTo = Math.max(coveredTo, to);
    return added;
  });
  return finite(Math.min(1, sum(lengths) / spanMs));
}
