import { sum } from './moments.js';
import { DAYS_MIN, dailyReturns, finite, type RunFacts } from './run-facts.js';

/**
 * Omega ratio: sum of daily returns above the risk-free one ÷ sum of those below it. C. Keating and W. F. Shadwick,
 * "A Universal Performance Measure" (2002). Null below 30 days or without a losing day.
 */
export function omega(facts: RunFacts): number | null {
  const returns = dailyReturns(facts);
  if (returns.length < DAYS_MIN) return null;
  const free = facts.riskFreeRatio / facts.daysPerYear;
  const gains = sum(returns.map((value) => Math.max(0, value - free)));
  const losses = sum(returns.map((value) => Math.max(0, free - value)));
  return finite(gains / losses);
}
