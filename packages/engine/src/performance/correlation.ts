import { defineMetric } from './metric.js';
import { correlationOf } from './moments.js';
import { DAYS_MIN } from './run-facts.js';

/** Correlation of the daily returns with those of the first market, −1..1. */
export const correlation = defineMetric({
  id: 'correlation',
  title: 'Correlation',
  group: 'market',
  unit: 'number',
  needs: { days: DAYS_MIN },
  definition: 'Correlation of the daily returns with those of the first market, −1..1.',
  formula: 'covariance ÷ (deviation × deviation)',
  source: 'quantstats correlation',
  calculate: (facts) => correlationOf(facts.days, facts.marketDays),
});

/** Share of the scatter that the market’s movement explains. */
export const rSquared = defineMetric({
  id: 'rSquared',
  title: 'R²',
  group: 'market',
  unit: 'ratio',
  needs: { days: DAYS_MIN },
  definition: 'Share of the scatter that the market’s movement explains.',
  formula: 'correlation²',
  source: 'quantstats r_squared',
  calculate: (facts) => correlationOf(facts.days, facts.marketDays) ** 2,
});
