import { defineIndicator, line, talib } from './define.js';
import { map2 } from './kernel/arithmetic.js';
import { source } from './params.js';

export const addIndicator = defineIndicator({
  id: 'add',
  title: 'Sum of Two Series',
  group: 'math',
  params: { source: source('high', 'First'), other: source('low', 'Second') },
  outputs: { add: line('ADD') },
  formula: 'a + b of two series.',
  talib: talib('ADD'),
  create: (g, p) => ({ add: map2(g, g.source(p.source), g.source(p.other, 'other'), (a, b) => a + b) }),
});
