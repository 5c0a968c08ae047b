import { defineIndicator, line, talib } from './define.js';
import { windowMax, windowMin } from './kernel/window-extremes.js';
import { period, source } from './params.js';

export const minmaxIndicator = defineIndicator({
  id: 'minmax',
  title: 'Lowest and Highest Value',
  group: 'math',
  params: { source: source(), period: period(30) },
  outputs: { min: line('Min', 'down'), max: line('Max', 'up') },
  pane: 'price',
  formula: 'Lowest and highest of the last `period` values.',
  talib: talib('MINMAX', { timePeriod: 'period' }),
  create: (g, p) => ({
    min: windowMin(g, g.source(p.source), p.period),
    max: windowMax(g, g.source(p.source), p.period),
  }),
});
