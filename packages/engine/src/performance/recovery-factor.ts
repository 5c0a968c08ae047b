import { defineMetric } from './metric.js';
import { maxDrawdown } from './max-drawdown.js';
import { totalReturn } from './total-return.js';

/** Total return per unit of the deepest drawdown. */
export const recoveryFactor = defineMetric({
  id: 'recoveryFactor',
  title: 'Recovery factor',
  group: 'drawdown',
  unit: 'number',
  needs: { points: 1 },
  definition: 'Total return per unit of the deepest drawdown.',
  formula: 'total return ÷ deepest drawdown',
  source: 'quantstats recovery_factor (it sums daily returns)',
  calculate: (facts) => totalReturn.calculate(facts) / maxDrawdown.calculate(facts),
});
