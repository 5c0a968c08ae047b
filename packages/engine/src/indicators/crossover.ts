import { defineIndicator, steps } from './define.js';
import { crossing } from './kernel/events.js';
import { source } from './params.js';

export const crossoverIndicator = defineIndicator({
  id: 'crossover',
  title: 'Crossover',
  group: 'math',
  params: { source: source('close', 'First'), other: source('open', 'Second') },
  outputs: { crossover: steps('Crossover', 'up') },
  formula: '1 when the first series goes above the second after being at or below it, else 0.',
  pine: ['ta.crossover'],
  create: (g, p) => ({ crossover: crossing(g, g.source(p.source), g.source(p.other, 'other'), 1, 0) }),
});
