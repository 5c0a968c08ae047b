import { defineIndicator, line, talib } from './define.js';
import { sma } from './kernel/window-sum.js';
import { period, source } from './params.js';

export const smaIndicator = defineIndicator({
  id: 'sma',
  title: 'Simple Moving Average',
  group: 'average',
  params: { source: source(), period: period(20) },
  outputs: { sma: line('SMA') },
  pane: 'price',
  formula: 'Mean of the last `period` values.',
  pine: ['ta.sma'],
  talib: talib('SMA', { timePeriod: 'period' }, { period: 30 }),
  create: (g, p) => ({ sma: sma(g, g.source(p.source), p.period) }),
});
