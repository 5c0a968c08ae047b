import { defineMetric } from './metric.js';
import { DAYS_MIN } from './run-facts.js';
import { volatility } from './volatility.js';

/** Square of the volatility. */
export const annualVariance = defineMetric({
  id: 'annualVariance',
  title: 'Annual variance',
  group: 'risk',
  unit: 'number',
  needs: { days: DAYS_MIN },
  definition: 'Square of the volatility.',
  formula: 'volatility²',
  source: 'Lean Annual Variance',
  calculate: (facts) => volatility.calculate(facts) ** 2,
});
