import { defineIndicator, line, talib } from './define.js';
import { map } from './kernel/arithmetic.js';
import { source } from './params.js';

export const tanIndicator = defineIndicator({
  id: 'tan',
  title: 'Tangent',
  group: 'math',
  params: { source: source() },
  outputs: { tan: line('TAN') },
  formula: 'Tangent of each value.',
  talib: talib('TAN'),
  create: (g, p) => ({ tan: map(g, g.source(p.source), Math.tan) }),
});
