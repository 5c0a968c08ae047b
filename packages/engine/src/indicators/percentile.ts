import { defineIndicator, line, talib } from './define.js';
import { sortedWindow } from './kernel/sorted-window.js';
import { number, period, source } from './params.js';

export const percentileIndicator = defineIndicator({
  id: 'percentile',
  title: 'Percentile (nearest rank)',
  group: 'statistics',
  params: {
    source: source(),
    period: period(30, 1, 'Period', 5_000),
    percentile: number('Percentile', 50, 0, 100, 5),
  },
  outputs: { percentile: line('Percentile') },
  pane: 'price',
  formula: 'Smallest of the last `period` values that `percentile` percent of them do not exceed.',
  pine: ['ta.percentile_nearest_rank'],
  talib: talib('PERCENTILE', { timePeriod: 'period', percentile: 'percentile' }),
  create: (g, p) => {
    const rank = Math.max(1, Math.ceil((p.percentile / 100) * p.period));
    return { percentile: sortedWindow(g, g.source(p.source), p.period, (sorted) => sorted[rank - 1]!) };
  },
});
