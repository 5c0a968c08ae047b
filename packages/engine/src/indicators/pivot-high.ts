import { defineIndicator } from './define.js';
import { pivots } from './kernel/events.js';
import { period, source } from './params.js';

export const pivotHighIndicator = defineIndicator({
  id: 'pivot-high',
  title: 'Pivot High',
  group: 'levels',
  params: { source: source('high'), left: period(5, 1, 'Left', 500), right: period(5, 1, 'Right', 500) },
  outputs: {
    pivot: { title: 'Pivot high', plot: 'dots', role: 'down', sparse: true, shiftBy: 'right', shiftBack: true },
  },
  pane: 'price',
  formula: 'A value above all `left` before and `right` after it, given at the candle that confirms it.',
  pine: ['ta.pivothigh'],
  create: (g, p) => ({ pivot: pivots(g, g.source(p.source), p.left, p.right, 1) }),
});
