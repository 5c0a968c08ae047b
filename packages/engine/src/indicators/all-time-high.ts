import { defineIndicator, steps } from './define.js';
import { extremeSoFar } from './kernel/events.js';
import { source } from './params.js';

export const allTimeHighIndicator = defineIndicator({
  id: 'all-time-high',
  title: 'Highest So Far',
  group: 'math',
  params: { source: source('high') },
  outputs: { highest: steps('Highest', 'up') },
  pane: 'price',
  formula: 'Highest value from the first candle on.',
  pine: ['ta.max'],
  create: (g, p) => ({ highest: extremeSoFar(g, g.source(p.source), Math.max) }),
});
