import { mean } from './moments.js';
import { TRIPS_MIN, finite, type RunFacts } from './run-facts.js';

/**
 * Mean return of a round trip, ratio of the notional entered. Null below 10 trips.
 */
export function expectancy(facts: RunFacts): number | null {
  const trips = facts.roundTrips;
  if (trips.length < TRIPS_MIN) return null;
  return finite(mean(trips.map(({ returnRatio }) => returnRatio)));
}
