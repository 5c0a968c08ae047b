import { defineIndicator } from './define.js';
import { pivots } from './kernel/events.js';
import { period, source } from './params.js';

export const pivotLowIndicator = defineIndicator({
  id: 'pivot-low',
  title: 'Pivot Low',
  group: 'levels',
  params: { source: source('low'), left: period(5, 1, 'Left', 500), right: period(5, 1, 'Right', 500) },
  outputs: { pivot: { title: 'Pivot low', plot: 'dots', role: 'up', sparse: true, shiftBy: 'right', shiftBack: true } },
  pane: 'price',
  formula: 'A value below all `left` before and `right` after it, given at the candle that confirms it.',
  pine: ['ta.pivotlow'],
  create: (g, p) => ({ pivot: pivots(g, g.source(p.source), p.left, p.right, -1) }),
});
