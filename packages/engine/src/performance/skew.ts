import { defineMetric } from './metric.js';
import { standardMoment } from './moments.js';
import { DAYS_MIN } from './run-facts.js';

/** Lopsidedness of the daily returns: above 0 when rare gains are larger than rare losses. */
export const skew = defineMetric({
  id: 'skew',
  title: 'Skewness',
  group: 'risk',
  unit: 'number',
  needs: { days: DAYS_MIN },
  definition: 'Lopsidedness of the daily returns: above 0 when rare gains are larger than rare losses.',
  formula: 'm3 ÷ m2^1.5 (population moments)',
  source: 'scipy.stats.skew; quantstats uses the sample-corrected form',
  calculate: (facts) => standardMoment(facts.days, 3),
});
