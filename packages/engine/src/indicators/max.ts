import { defineIndicator, line, talib } from './define.js';
import { windowMax } from './kernel/window-extremes.js';
import { period, source } from './params.js';

export const maxIndicator = defineIndicator({
  id: 'max',
  title: 'Highest Value',
  group: 'math',
  params: { source: source(), period: period(30) },
  outputs: { max: line('MAX') },
  pane: 'price',
  formula: 'Highest of the last `period` values.',
  pine: ['ta.highest'],
  talib: talib('MAX', { timePeriod: 'period' }),
  create: (g, p) => ({ max: windowMax(g, g.source(p.source), p.period) }),
});
