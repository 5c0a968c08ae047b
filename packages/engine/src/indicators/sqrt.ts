import { defineIndicator, line, talib } from './define.js';
import { map } from './kernel/arithmetic.js';
import { source } from './params.js';

export const sqrtIndicator = defineIndicator({
  id: 'sqrt',
  title: 'Square Root',
  group: 'math',
  params: { source: source() },
  outputs: { sqrt: line('SQRT') },
  formula: 'Square Root of each value.',
  talib: talib('SQRT'),
  create: (g, p) => ({ sqrt: map(g, g.source(p.source), Math.sqrt) }),
});
