import { defineIndicator, line, talib } from './define.js';
import { trueRange } from './kernel/true-range.js';

export const trangeIndicator = defineIndicator({
  id: 'trange',
  title: 'True Range',
  group: 'volatility',
  params: {},
  outputs: { trange: line('TR') },
  formula: 'max(high, previous close) − min(low, previous close), Wilder 1978.',
  pine: ['ta.tr'],
  talib: talib('TRANGE'),
  create: (g) => ({ trange: trueRange(g) }),
});
