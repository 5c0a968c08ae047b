import { defineMetric } from './metric.js';
import { mean } from './moments.js';

/** Mean return of the months that ended higher. */
export const meanUpMonth = defineMetric({
  id: 'meanUpMonth',
  title: 'Mean winning month',
  group: 'return',
  unit: 'ratio',
  needs: { months: 3 },
  definition: 'Mean return of the months that ended higher.',
  formula: 'mean(monthly returns above 0)',
  source: 'quantstats avg_win by month',
  calculate: (facts) => mean(facts.months.filter((value) => value > 0)),
});

/** Mean return of the months that ended lower. */
export const meanDownMonth = defineMetric({
  id: 'meanDownMonth',
  title: 'Mean losing month',
  group: 'return',
  unit: 'ratio',
  needs: { months: 3 },
  definition: 'Mean return of the months that ended lower.',
  formula: 'mean(monthly returns below 0)',
  source: 'quantstats avg_loss by month',
  calculate: (facts) => mean(facts.months.filter((value) => value < 0)),
});
