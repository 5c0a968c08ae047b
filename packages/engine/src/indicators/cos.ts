import { defineIndicator, line, talib } from './define.js';
import { map } from './kernel/arithmetic.js';
import { source } from './params.js';

export const cosIndicator = defineIndicator({
  id: 'cos',
  title: 'Cosine',
  group: 'math',
  params: { source: source() },
  outputs: { cos: line('COS') },
  formula: 'Cosine of each value.',
  talib: talib('COS'),
  create: (g, p) => ({ cos: map(g, g.source(p.source), Math.cos) }),
});
