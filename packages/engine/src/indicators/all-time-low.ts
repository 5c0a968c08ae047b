import { defineIndicator, steps } from './define.js';
import { extremeSoFar } from './kernel/events.js';
import { source } from './params.js';

export const allTimeLowIndicator = defineIndicator({
  id: 'all-time-low',
  title: 'Lowest So Far',
  group: 'math',
  params: { source: source('low') },
  outputs: { lowest: steps('Lowest', 'down') },
  pane: 'price',
  formula: 'Lowest value from the first candle on.',
  pine: ['ta.min'],
  create: (g, p) => ({ lowest: extremeSoFar(g, g.source(p.source), Math.min) }),
});
