import { defineMetric } from './metric.js';
import { compounded, DAYS_MIN } from './run-facts.js';

/** The steady daily return that would have led to the same end. */
export const geometricDay = defineMetric({
  id: 'geometricDay',
  title: 'Steady day',
  group: 'return',
  unit: 'ratio',
  needs: { days: DAYS_MIN },
  definition: 'The steady daily return that would have led to the same end.',
  formula: 'Π(1 + r)^(1 ÷ n) − 1 over daily returns',
  source: 'quantstats expected_return by day',
  calculate: (facts) => (1 + compounded(facts.days)) ** (1 / facts.days.length) - 1,
});

/** The steady monthly return that would have led to the same end. */
export const geometricMonth = defineMetric({
  id: 'geometricMonth',
  title: 'Steady month',
  group: 'return',
  unit: 'ratio',
  needs: { months: 3 },
  definition: 'The steady monthly return that would have led to the same end.',
  formula: 'Π(1 + r)^(1 ÷ n) − 1 over monthly returns',
  source: 'quantstats expected_return by month',
  calculate: (facts) => (1 + compounded(facts.months)) ** (1 / facts.months.length) - 1,
});
