import { defineIndicator, line, talib } from './define.js';
import { subtract } from './kernel/arithmetic.js';
import { sma } from './kernel/window-sum.js';
import { period } from './params.js';

export const adrIndicator = defineIndicator({
  id: 'adr',
  title: 'Average Day Range',
  group: 'volatility',
  params: { period: period(14) },
  outputs: { adr: line('ADR') },
  formula: 'SMA of high − low.',
  talib: talib('ADR', { timePeriod: 'period' }),
  create: (g, p) => ({ adr: sma(g, subtract(g, g.high, g.low), p.period) }),
});
