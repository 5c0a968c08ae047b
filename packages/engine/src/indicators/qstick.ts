import { defineIndicator, line, talib } from './define.js';
import { subtract } from './kernel/arithmetic.js';
import { sma } from './kernel/window-sum.js';
import { period } from './params.js';

export const qstickIndicator = defineIndicator({
  id: 'qstick',
  title: 'Qstick',
  group: 'momentum',
  params: { period: period(10) },
  outputs: { qstick: line('Qstick') },
  levels: [0],
  formula: 'SMA of close − open, Chande.',
  talib: talib('QSTICK', { timePeriod: 'period' }),
  create: (g, p) => ({ qstick: sma(g, subtract(g, g.close, g.open), p.period) }),
});
