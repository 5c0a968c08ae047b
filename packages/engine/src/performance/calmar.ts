import { cagr } from './cagr.js';
import { maxDrawdown } from './max-drawdown.js';
import { DAYS_MIN, yearsOf, finite, type RunFacts } from './run-facts.js';

/**
 * Compound annual growth ÷ deepest drawdown. T. W. Young, "Calmar Ratio" (1991), over the whole run. Null below 30 days or
 * without a drawdown.
 */
export function calmar(facts: RunFacts): number | null {
  const growth = cagr(facts);
  const depth = maxDrawdown(facts);
  const days = yearsOf(facts) * facts.daysPerYear;
  return growth === null || depth === null || days < DAYS_MIN ? null : finite(growth / depth);
}
