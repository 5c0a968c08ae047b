import { defineIndicator, line, talib } from './define.js';
import { map2 } from './kernel/arithmetic.js';
import { source } from './params.js';

export const multIndicator = defineIndicator({
  id: 'mult',
  title: 'Product of Two Series',
  group: 'math',
  params: { source: source('high', 'First'), other: source('low', 'Second') },
  outputs: { mult: line('MULT') },
  formula: 'a * b of two series.',
  talib: talib('MULT'),
  create: (g, p) => ({ mult: map2(g, g.source(p.source), g.source(p.other, 'other'), (a, b) => a * b) }),
});
