import { defineIndicator, line, talib } from './define.js';
import { middle } from './kernel/arithmetic.js';
import { windowMax, windowMin } from './kernel/window-extremes.js';
import { period, source } from './params.js';

export const midpointIndicator = defineIndicator({
  id: 'midpoint',
  title: 'Midpoint',
  group: 'price',
  params: { source: source(), period: period(14) },
  outputs: { midpoint: line('Midpoint') },
  pane: 'price',
  formula: '(highest + lowest) / 2 of the last `period` values.',
  talib: talib('MIDPOINT', { timePeriod: 'period' }),
  create: (g, p) => {
    const input = g.source(p.source);
    return { midpoint: middle(g, windowMax(g, input, p.period), windowMin(g, input, p.period)) };
  },
});
