import { finite, yearsOf, type RunFacts } from './run-facts.js';

/**
 * Compound annual growth, ratio: `(last equity ÷ deposit)^(1 ÷ years) − 1` over the calendar time between the first
 * and the last point, as quantstats. Null below a day or when nothing is left.
 */
export function cagr(facts: RunFacts): number | null {
  const years = yearsOf(facts);
  const growth = (facts.equity.at(-1) ?? 0) / facts.cash;
  return years * facts.daysPerYear < 1 || growth <= 0 ? null : finite(growth ** (1 / years) - 1);
}
