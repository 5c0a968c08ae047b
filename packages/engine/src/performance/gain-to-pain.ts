import { defineMetric } from './metric.js';
import { sum } from './moments.js';
import { DAYS_MIN } from './run-facts.js';

/** Sum of all daily returns per unit of the losing ones. */
export const gainToPain = defineMetric({
  id: 'gainToPain',
  title: 'Gain to pain',
  group: 'risk',
  unit: 'number',
  needs: { days: DAYS_MIN },
  definition: 'Sum of all daily returns per unit of the losing ones.',
  formula: 'Σ r ÷ |Σ r below 0|',
  source: 'J. Schwager; quantstats gain_to_pain_ratio',
  calculate: (facts) => sum(facts.days) / -sum(facts.days.map((value) => Math.min(0, value))),
});

/** Sum of all monthly returns per unit of the losing ones. */
export const gainToPainMonth = defineMetric({
  id: 'gainToPainMonth',
  title: 'Gain to pain, months',
  group: 'risk',
  unit: 'number',
  needs: { months: 3 },
  definition: 'Sum of all monthly returns per unit of the losing ones.',
  formula: 'Σ r ÷ |Σ r below 0| over calendar months',
  source: 'J. Schwager; quantstats Gain/Pain (1M), which sums the days of a month',
  calculate: (facts) => sum(facts.months) / -sum(facts.months.map((value) => Math.min(0, value))),
});
