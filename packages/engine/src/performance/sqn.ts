import { deviation, mean } from './moments.js';
import { TRIPS_MIN, finite, type RunFacts } from './run-facts.js';

/**
 * System quality number: √trips × mean profit ÷ its sample deviation. V. K. Tharp, "Trade Your Way to Financial Freedom";
 * here over all trips, not the last 100 at most. Null below 10 trips.
 */
export function sqn(facts: RunFacts): number | null {
  const trips = facts.roundTrips;
  if (trips.length < TRIPS_MIN) return null;
  const pnls = trips.map(({ pnl }) => pnl);
  return finite((Math.sqrt(pnls.length) * mean(pnls)) / deviation(pnls));
}
