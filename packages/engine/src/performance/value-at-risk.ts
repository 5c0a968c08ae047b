import { mean, quantileOf } from './moments.js';
import { DAYS_MIN, dailyReturns, finite, type RunFacts } from './run-facts.js';

/**
 * Historical value at risk and its conditional form: the daily return that is undercut with probability
 * `1 − confidence`, and the mean of the returns at or below it; ratios, negative for losses. Needs 30 days, and so
 * many that one at least is expected in the tail (100 for 99 %); null below.
 */
export function valueAtRisk(
  facts: RunFacts,
  confidence: number,
): { readonly valueAtRisk: number | null; readonly conditional: number | null } {
  const returns = dailyReturns(facts);
  // One part in 10^9: 1 − 0.99 is a little more than 0.01 in float64.
  if (returns.length < Math.max(DAYS_MIN, Math.ceil(1 / (1 - confidence) - 1e-9)))
    return { valueAtRisk: null, conditional: null };
  const limit = quantileOf(returns, 1 - confidence);
  return { valueAtRisk: finite(limit), conditional: finite(mean(returns.filter((value) => value <= limit))) };
}
