import { mean } from './moments.js';
import { DAYS_MIN, dailyReturns, finite, type RunFacts } from './run-facts.js';

/**
 * Sortino ratio, annualised: as Sharpe, over the root of the mean squared shortfall below the risk-free return, all days
 * counted. F. A. Sortino and L. N. Price (1994). Null below 30 days or without a losing day.
 */
export function sortino(facts: RunFacts): number | null {
  const returns = dailyReturns(facts);
  if (returns.length < DAYS_MIN) return null;
  const free = facts.riskFreeRatio / facts.daysPerYear;
  const shortfall = Math.sqrt(mean(returns.map((value) => Math.min(0, value - free) ** 2)));
  return finite(((mean(returns) - free) / shortfall) * Math.sqrt(facts.daysPerYear));
}
