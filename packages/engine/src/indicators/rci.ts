import { defineIndicator, line } from './define.js';
import { rankCorrelation } from './kernel/oscillator.js';
import { period, source } from './params.js';

export const rciIndicator = defineIndicator({
  id: 'rci',
  title: 'Rank Correlation Index',
  group: 'momentum',
  params: { source: source(), period: period(10, 2, 'Period', 1_000) },
  outputs: { rci: line('RCI') },
  levels: [-80, 0, 80],
  formula:
    "100 · Spearman's rank correlation of value and time over `period`; equal values share their mean rank; 0 in a flat window.",
  pine: ['ta.rci'],
  create: (g, p) => {
    const input = g.source(p.source);
    return { rci: rankCorrelation(g, input, p.period) };
  },
});
