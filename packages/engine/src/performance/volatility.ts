import { defineMetric } from './metric.js';
import { deviation } from './moments.js';
import { DAYS_MIN } from './run-facts.js';

/** How much daily returns scatter, scaled to a year. */
export const volatility = defineMetric({
  id: 'volatility',
  title: 'Volatility',
  group: 'risk',
  unit: 'ratio',
  needs: { days: DAYS_MIN },
  definition: 'How much daily returns scatter, scaled to a year.',
  formula: 'sample deviation(daily returns) × √365',
  source: 'quantstats volatility',
  calculate: (facts) => deviation(facts.days) * Math.sqrt(facts.daysPerYear),
});
