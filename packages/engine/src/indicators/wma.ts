import { defineIndicator, line, talib } from './define.js';
import { wma } from './kernel/window-linear.js';
import { period, source } from './params.js';

export const wmaIndicator = defineIndicator({
  id: 'wma',
  title: 'Weighted Moving Average',
  group: 'average',
  params: { source: source(), period: period(20) },
  outputs: { wma: line('WMA') },
  pane: 'price',
  formula: 'Weights 1 (oldest) to period (newest).',
  pine: ['ta.wma'],
  talib: talib('WMA', { timePeriod: 'period' }, { period: 30 }),
  create: (g, p) => ({ wma: wma(g, g.source(p.source), p.period) }),
});
