import { defineMetric } from './metric.js';
import { quantileOf } from './moments.js';
import { DAYS_MIN } from './run-facts.js';

/** How large the best days are beside the worst ones. */
export const tailRatio = defineMetric({
  id: 'tailRatio',
  title: 'Tail ratio',
  group: 'risk',
  unit: 'number',
  needs: { days: DAYS_MIN },
  definition: 'How large the best days are beside the worst ones.',
  formula: '|95 % quantile| ÷ |5 % quantile| of the daily returns',
  source: 'empyrical and quantstats tail_ratio',
  calculate: (facts) => Math.abs(quantileOf(facts.days, 0.95)) / Math.abs(quantileOf(facts.days, 0.05)),
});
