import { defineIndicator, line } from './define.js';
import { weighted } from './kernel/averages.js';
import { source } from './params.js';

export const swmaIndicator = defineIndicator({
  id: 'swma',
  title: 'Symmetrically Weighted Moving Average',
  group: 'average',
  params: { source: source() },
  outputs: { swma: line('SWMA') },
  pane: 'price',
  formula: 'Four values weighted 1/6, 2/6, 2/6, 1/6 (Pine).',
  pine: ['ta.swma'],
  create: (g, p) => ({ swma: weighted(g, g.source(p.source), [1, 2, 2, 1]) }),
});
