import { defineIndicator, line, talib } from './define.js';
import { map } from './kernel/arithmetic.js';
import { source } from './params.js';

export const lnIndicator = defineIndicator({
  id: 'ln',
  title: 'Natural Logarithm',
  group: 'math',
  params: { source: source() },
  outputs: { ln: line('LN', 'primary', { sparse: true }) },
  formula: 'Natural Logarithm of each value. Not a number outside its domain.',
  talib: talib('LN'),
  create: (g, p) => ({ ln: map(g, g.source(p.source), Math.log) }),
});
