import { quantileOf } from './moments.js';
import { DAYS_MIN, dailyReturns, finite, type RunFacts } from './run-facts.js';

/**
 * 95 % quantile of daily returns ÷ the absolute 5 % quantile, as empyrical. Null below 30 days.
 */
export function tailRatio(facts: RunFacts): number | null {
  const returns = dailyReturns(facts);
  if (returns.length < DAYS_MIN) return null;
  return finite(Math.abs(quantileOf(returns, 0.95)) / Math.abs(quantileOf(returns, 0.05)));
}
