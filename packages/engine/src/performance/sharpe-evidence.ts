import { deviation, mean, standardMoment } from './moments.js';
import { normalQuantile, upperTail } from './normal.js';
import type { RunFacts } from './run-facts.js';

const EULER = 0.5772156649015329;

/**
 * Probability that the true daily Sharpe ratio lies above `threshold` (daily, not annualised), of a run's days; the
 * moments are population moments.
 */
export function probabilityAbove(facts: RunFacts, threshold: number): number {
  const { days } = facts;
  return confidence({
    ratio: (mean(days) - facts.freePerDay) / deviation(days),
    threshold,
    skew: standardMoment(days, 3),
    kurtosis: standardMoment(days, 4),
    count: days.length,
  });
}

/** The same from moments; kurtosis is 3 for a normal distribution. Bailey and López de Prado (2012). */
export function confidence(of: {
  ratio: number;
  threshold: number;
  skew: number;
  kurtosis: number;
  count: number;
}): number {
  const { ratio, threshold, skew, kurtosis, count } = of;
  const scatter = Math.sqrt(1 - skew * ratio + ((kurtosis - 1) / 4) * ratio ** 2);
  return upperTail((-(ratio - threshold) * Math.sqrt(count - 1)) / scatter);
}

/** Daily Sharpe ratio that the best of `count` worthless sets is expected to show. Bailey and López de Prado (2014). */
export const luckiestSharpe = ({ count, sharpeDeviation }: NonNullable<RunFacts['trials']>): number =>
  count < 2
    ? NaN
    : sharpeDeviation *
      ((1 - EULER) * normalQuantile(1 - 1 / count) + EULER * normalQuantile(1 - 1 / (count * Math.E)));
