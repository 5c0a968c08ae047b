import { deviation } from './moments.js';
import { DAYS_MIN, dailyReturns, finite, type RunFacts } from './run-facts.js';

/**
 * Annualised volatility, ratio: sample deviation of daily returns × √daysPerYear. Null below 30 days.
 */
export function volatility(facts: RunFacts): number | null {
  const returns = dailyReturns(facts);
  if (returns.length < DAYS_MIN) return null;
  return finite(deviation(returns) * Math.sqrt(facts.daysPerYear));
}
