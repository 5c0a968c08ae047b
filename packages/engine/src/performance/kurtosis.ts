import { centralMoment } from './moments.js';
import { DAYS_MIN, dailyReturns, finite, type RunFacts } from './run-facts.js';

/**
 * Excess kurtosis of daily returns, `m4 ÷ m2² − 3` (population moments). Null below 30 days.
 */
export function kurtosis(facts: RunFacts): number | null {
  const returns = dailyReturns(facts);
  if (returns.length < DAYS_MIN) return null;
  return finite(centralMoment(returns, 4) / centralMoment(returns, 2) ** 2 - 3);
}
