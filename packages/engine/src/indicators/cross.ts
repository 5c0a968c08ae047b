import { defineIndicator, steps } from './define.js';
import { crossing } from './kernel/events.js';
import { source } from './params.js';

export const crossIndicator = defineIndicator({
  id: 'cross',
  title: 'Cross',
  group: 'math',
  params: { source: source('close', 'First'), other: source('open', 'Second') },
  outputs: { cross: steps('Cross') },
  formula: '1 when the first series crosses over the second, −1 when under, else 0.',
  pine: ['ta.cross'],
  create: (g, p) => ({ cross: crossing(g, g.source(p.source), g.source(p.other, 'other'), 1, -1) }),
});
