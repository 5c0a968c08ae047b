import { sum } from './moments.js';
import { TRIPS_MIN, finite, type RunFacts } from './run-facts.js';

/**
 * Profit of all winning round trips ÷ loss of all losing ones, quote. Null below 10 trips or without a loss.
 */
export function profitFactor(facts: RunFacts): number | null {
  const trips = facts.roundTrips;
  if (trips.length < TRIPS_MIN) return null;
  return finite(sum(trips.map(({ pnl }) => Math.max(0, pnl))) / sum(trips.map(({ pnl }) => Math.max(0, -pnl))));
}
