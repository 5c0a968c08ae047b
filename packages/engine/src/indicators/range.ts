import { defineIndicator, line } from './define.js';
import { subtract } from './kernel/arithmetic.js';
import { windowMax, windowMin } from './kernel/window-extremes.js';
import { period, source } from './params.js';

export const rangeIndicator = defineIndicator({
  id: 'range',
  title: 'Range of Values',
  group: 'statistics',
  params: { source: source(), period: period(20) },
  outputs: { range: line('Range') },
  formula: 'Highest − lowest of the last `period` values.',
  pine: ['ta.range'],
  create: (g, p) => {
    const input = g.source(p.source);
    return { range: subtract(g, windowMax(g, input, p.period), windowMin(g, input, p.period)) };
  },
});
