import { defineIndicator, steps } from './define.js';
import { crossing } from './kernel/events.js';
import { source } from './params.js';

export const crossunderIndicator = defineIndicator({
  id: 'crossunder',
  title: 'Crossunder',
  group: 'math',
  params: { source: source('close', 'First'), other: source('open', 'Second') },
  outputs: { crossunder: steps('Crossunder', 'down') },
  formula: '1 when the first series goes below the second after being at or above it, else 0.',
  pine: ['ta.crossunder'],
  create: (g, p) => ({ crossunder: crossing(g, g.source(p.source), g.source(p.other, 'other'), 0, 1) }),
});
