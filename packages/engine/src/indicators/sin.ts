import { defineIndicator, line, talib } from './define.js';
import { map } from './kernel/arithmetic.js';
import { source } from './params.js';

export const sinIndicator = defineIndicator({
  id: 'sin',
  title: 'Sine',
  group: 'math',
  params: { source: source() },
  outputs: { sin: line('SIN') },
  formula: 'Sine of each value.',
  talib: talib('SIN'),
  create: (g, p) => ({ sin: map(g, g.source(p.source), Math.sin) }),
});
