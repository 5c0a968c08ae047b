import { defineIndicator, line, talib } from './define.js';
import { windowMin } from './kernel/window-extremes.js';
import { period, source } from './params.js';

export const minIndicator = defineIndicator({
  id: 'min',
  title: 'Lowest Value',
  group: 'math',
  params: { source: source(), period: period(30) },
  outputs: { min: line('MIN') },
  pane: 'price',
  formula: 'Lowest of the last `period` values.',
  pine: ['ta.lowest'],
  talib: talib('MIN', { timePeriod: 'period' }),
  create: (g, p) => ({ min: windowMin(g, g.source(p.source), p.period) }),
});
