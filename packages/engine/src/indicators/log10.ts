import { defineIndicator, line, talib } from './define.js';
import { map } from './kernel/arithmetic.js';
import { source } from './params.js';

export const log10Indicator = defineIndicator({
  id: 'log10',
  title: 'Decimal Logarithm',
  group: 'math',
  params: { source: source() },
  outputs: { log10: line('LOG10', 'primary', { sparse: true }) },
  formula: 'Decimal Logarithm of each value. Not a number outside its domain.',
  talib: talib('LOG10'),
  create: (g, p) => ({ log10: map(g, g.source(p.source), Math.log10) }),
});
