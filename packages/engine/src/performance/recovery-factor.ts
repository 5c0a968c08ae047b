import { defineMetric } from './metric.js';
import { maxDrawdown, maxDrawdownQuote } from './max-drawdown.js';
import { netProfit } from './net-profit.js';
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

/** Net profit per unit of the largest fall, both in money. */
export const profitPerDrawdown = defineMetric({
  id: 'profitPerDrawdown',
  title: 'Profit per drawdown',
  group: 'drawdown',
  unit: 'number',
  needs: { points: 1 },
  definition: 'Net profit per unit of the largest fall, both in money.',
  formula: 'net profit ÷ largest fall',
  source: 'Lean ProfitToMaxDrawdownRatio (over closed trades only)',
  calculate: (facts) => netProfit.calculate(facts) / maxDrawdownQuote.calculate(facts),
});
