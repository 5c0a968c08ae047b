import { deviation, mean } from './moments.js';
import { finite, TRIPS_MIN, type RunFacts } from './run-facts.js';

/**
 * Probability, were the true mean profit zero, of a mean as high as this run's or higher: one-sided, by the normal
 * limit of `√n × mean ÷ deviation` over round trips, Φ after Abramowitz and Stegun 7.1.26 (error below 2e-7).
 * Null below 30 trips, where the limit does not hold.
 */
export function pValue(facts: RunFacts): number | null {
  const pnls = facts.roundTrips.map(({ pnl }) => pnl);
  if (pnls.length < 3 * TRIPS_MIN) return null;
  return finite(upperTail((Math.sqrt(pnls.length) * mean(pnls)) / deviation(pnls)));
}

/** 1 − Φ(z). */
function upperTail(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const poly = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  const tail = (poly * Math.exp(-x * x)) / 2;
  return z >= 0 ? tail : 1 - tail;
}
