import { defineMetric } from './metric.js';
import { cagr } from './cagr.js';
import { maxDrawdown } from './max-drawdown.js';
import { DAYS_MIN } from './run-facts.js';

/** Annual growth per unit of the deepest drawdown. */
export const calmar = defineMetric({
  id: 'calmar',
  title: 'Calmar ratio',
  group: 'risk',
  unit: 'number',
  needs: { days: DAYS_MIN },
  definition: 'Annual growth per unit of the deepest drawdown.',
  formula: 'CAGR ÷ deepest drawdown',
  source: 'T. W. Young, "Calmar Ratio" (1991), over the whole run; quantstats calmar',
  calculate: (facts) => cagr.calculate(facts) / maxDrawdown.calculate(facts),
});
