import { defineMetric } from './metric.js';
import { beta } from './beta.js';
import { cagr } from './cagr.js';
import { DAYS_MIN } from './run-facts.js';

/** Annual growth above the risk-free return per unit of beta. */
export const treynor = defineMetric({
  id: 'treynor',
  title: 'Treynor ratio',
  group: 'market',
  unit: 'number',
  needs: { days: DAYS_MIN },
  definition: 'Annual growth above the risk-free return per unit of beta.',
  formula: '(CAGR − risk-free) ÷ β',
  source: 'J. L. Treynor (1965); Lean',
  calculate: (facts) => (cagr.calculate(facts) - facts.riskFreeRatio) / beta.calculate(facts),
});
