import { defineIndicator, line, talib } from './define.js';
import { windowSum } from './kernel/window-sum.js';
import { period, source } from './params.js';

export const sumIndicator = defineIndicator({
  id: 'sum',
  title: 'Moving Sum',
  group: 'math',
  params: { source: source(), period: period(30) },
  outputs: { sum: line('SUM') },
  pane: 'own',
  formula: 'Sum of the last `period` values.',
  talib: talib('SUM', { timePeriod: 'period' }),
  create: (g, p) => ({ sum: windowSum(g, g.source(p.source), p.period) }),
});
