import { defineMetric } from './metric.js';
import { standardMoment } from './moments.js';
import { DAYS_MIN } from './run-facts.js';

/** How much more often extreme days come than in a normal distribution (0). */
export const kurtosis = defineMetric({
  id: 'kurtosis',
  title: 'Excess kurtosis',
  group: 'risk',
  unit: 'number',
  needs: { days: DAYS_MIN },
  definition: 'How much more often extreme days come than in a normal distribution (0).',
  formula: 'm4 ÷ m2² − 3 (population moments)',
  source: 'scipy.stats.kurtosis; quantstats uses the sample-corrected form',
  calculate: (facts) => standardMoment(facts.days, 4) - 3,
});
