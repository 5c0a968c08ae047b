import { defineIndicator, line } from './define.js';
import { sortedWindow } from './kernel/sorted-window.js';
import { period, source } from './params.js';

export const medianIndicator = defineIndicator({
  id: 'median',
  title: 'Median',
  group: 'statistics',
  params: { source: source(), period: period(20, 1, 'Period', 5_000) },
  outputs: { median: line('Median') },
  pane: 'price',
  formula: 'Middle of the last `period` values in order; the mean of the two middle ones when even.',
  pine: ['ta.median'],
  create: (g, p) => {
    const low = Math.floor((p.period - 1) / 2);
    const high = Math.floor(p.period / 2);
    return {
      median: sortedWindow(g, g.source(p.source), p.period, (sorted) => (sorted[low]! + sorted[high]!) / 2),
    };
  },
});
