import { defineIndicator, line, talib } from './define.js';
import { map } from './kernel/arithmetic.js';
import { source } from './params.js';

export const ceilIndicator = defineIndicator({
  id: 'ceil',
  title: 'Round Up',
  group: 'math',
  params: { source: source() },
  outputs: { ceil: line('CEIL') },
  formula: 'Round Up of each value.',
  talib: talib('CEIL'),
  create: (g, p) => ({ ceil: map(g, g.source(p.source), Math.ceil) }),
});
