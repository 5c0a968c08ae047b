import { defineIndicator, line, talib } from './define.js';
import { subtract } from './kernel/arithmetic.js';
import { ema } from './kernel/averages.js';
import { rateOfChange } from './kernel/oscillator.js';
import { period } from './params.js';

export const chaikinVolatilityIndicator = defineIndicator({
  id: 'chaikin-volatility',
  title: "Chaikin's Volatility",
  group: 'volatility',
  params: { period: period(10, 1, 'EMA period'), roc: period(10, 1, 'ROC period') },
  outputs: { cvi: line('CVI') },
  levels: [0],
  formula: 'Rate of change of the EMA of high − low, in percent.',
  talib: talib('CVI', { timePeriod: 'period', rocPeriod: 'roc' }),
  create: (g, p) => ({ cvi: rateOfChange(g, ema(g, subtract(g, g.high, g.low), p.period), p.roc) }),
});
