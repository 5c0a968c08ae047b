import type { Direction } from '@wickworks/core';
import { TRIPS_MIN, type RunFacts } from './run-facts.js';

/** Share (0..1) of round trips, of one direction if given, that made money; a zero is no win. Null below 10 of them. */
export function winRatio(facts: RunFacts, direction?: Direction): number | null {
  const trips = facts.roundTrips.filter((trip) => direction === undefined || trip.direction === direction);
  return trips.length < TRIPS_MIN ? null : trips.filter(({ pnl }) => pnl > 0).length / trips.length;
}
