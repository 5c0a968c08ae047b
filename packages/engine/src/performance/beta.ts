import { defineMetric } from './metric.js';
import { covarianceOf, deviation } from './moments.js';
import { DAYS_MIN } from './run-facts.js';

/** How much the account moved with the first market: 1 as much, 0 not at all. */
export const beta = defineMetric({
  id: 'beta',
  title: 'Beta',
  group: 'market',
  unit: 'number',
  needs: { days: DAYS_MIN },
  definition: 'How much the account moved with the first market: 1 as much, 0 not at all.',
  formula: 'covariance(r, market) ÷ variance(market), daily returns',
  source: 'quantstats greeks; Lean Beta',
  calculate: ({ days, marketDays }) =>
    deviation(marketDays) > 0 ? covarianceOf(days, marketDays) / covarianceOf(marketDays, marketDays) : NaN,
});
