import { defineIndicator, line, talib } from './define.js';
import { map2 } from './kernel/arithmetic.js';
import { source } from './params.js';

export const subIndicator = defineIndicator({
  id: 'sub',
  title: 'Difference of Two Series',
  group: 'math',
  params: { source: source('high', 'First'), other: source('low', 'Second') },
  outputs: { sub: line('SUB') },
  formula: 'a - b of two series.',
  talib: talib('SUB'),
  create: (g, p) => ({ sub: map2(g, g.source(p.source), g.source(p.other, 'other'), (a, b) => a - b) }),
});
