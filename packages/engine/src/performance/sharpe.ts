import { deviation, mean } from './moments.js';
import { DAYS_MIN, dailyReturns, finite, type RunFacts } from './run-facts.js';

/**
 * Sharpe ratio, annualised: mean of daily returns above the risk-free one ÷ their sample deviation × √daysPerYear.
 * W. F. Sharpe, "The Sharpe Ratio" (1994). Null below 30 days or without any variation.
 */
export function sharpe(facts: RunFacts): number | null {
  const returns = dailyReturns(facts);
  if (returns.length < DAYS_MIN) return null;
  return finite(
    ((mean(returns) - facts.riskFreeRatio / facts.daysPerYear) / deviation(returns)) * Math.sqrt(facts.daysPerYear),
  );
}
