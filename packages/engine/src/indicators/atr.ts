import { defineIndicator, line, talib } from './define.js';
import { averageTrueRange } from './kernel/true-range.js';
import { period } from './params.js';

export const atrIndicator = defineIndicator({
  id: 'atr',
  title: 'Average True Range',
  group: 'volatility',
  params: { period: period(14) },
  outputs: { atr: line('ATR') },
  formula: "Wilder's average of the true range (1978).",
  pine: ['ta.atr'],
  talib: talib('ATR', { timePeriod: 'period' }),
  create: (g, p) => ({ atr: averageTrueRange(g, p.period) }),
});
