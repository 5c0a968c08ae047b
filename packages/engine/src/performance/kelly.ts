import { mean } from './moments.js';
import { TRIPS_MIN, finite, type RunFacts } from './run-facts.js';

/**
 * Kelly fraction: `p − (1 − p) ÷ (mean win ÷ mean loss)`, p being the share of winning trips. J. L. Kelly (1956) for two
 * outcomes. Null below 10 trips, without a win or without a loss.
 */
export function kelly(facts: RunFacts): number | null {
  const trips = facts.roundTrips;
  if (trips.length < TRIPS_MIN) return null;
  const wins = trips.filter(({ pnl }) => pnl > 0).map(({ pnl }) => pnl);
  const losses = trips.filter(({ pnl }) => pnl < 0).map(({ pnl }) => pnl);
  const winShare = wins.length / trips.length;
  return finite(winShare - (1 - winShare) / (mean(wins) / -mean(losses)));
}
