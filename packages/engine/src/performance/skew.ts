import { centralMoment } from './moments.js';
import { DAYS_MIN, dailyReturns, finite, type RunFacts } from './run-facts.js';

/**
 * Skewness of daily returns, `m3 ÷ m2^1.5` (population moments). Null below 30 days.
 */
export function skew(facts: RunFacts): number | null {
  const returns = dailyReturns(facts);
  if (returns.length < DAYS_MIN) return null;
  return finite(centralMoment(returns, 3) / centralMoment(returns, 2) ** 1.5);
}
