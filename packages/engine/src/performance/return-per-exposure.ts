import { defineMetric } from './metric.js';
import { cagr } from './cagr.js';
import { exposure } from './exposure.js';
import { DAYS_MIN } from './run-facts.js';

/** Annual growth for all the time that positions were held. */
export const returnPerExposure = defineMetric({
  id: 'returnPerExposure',
  title: 'Annual growth per time in the market',
  group: 'risk',
  unit: 'ratio',
  needs: { days: DAYS_MIN },
  definition: 'Annual growth for all the time that positions were held.',
  formula: 'CAGR ÷ time in the market',
  source: 'quantstats rar',
  calculate: (facts) => cagr.calculate(facts) / exposure.calculate(facts),
});
