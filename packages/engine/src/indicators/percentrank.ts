import { defineIndicator, line } from './define.js';
import { percentRank } from './kernel/sorted-window.js';
import { period, source } from './params.js';

export const percentrankIndicator = defineIndicator({
  id: 'percentrank',
  title: 'Percent Rank',
  group: 'statistics',
  params: { source: source(), period: period(100, 1, 'Period', 5_000) },
  outputs: { percentrank: line('Percent rank') },
  levels: [50],
  formula: 'Percentage of the `period` values before that are at most as high as the newest.',
  pine: ['ta.percentrank'],
  create: (g, p) => ({ percentrank: percentRank(g, g.source(p.source), p.period) }),
});
