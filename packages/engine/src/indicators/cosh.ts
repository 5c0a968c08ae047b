import { defineIndicator, line, talib } from './define.js';
import { map } from './kernel/arithmetic.js';
import { source } from './params.js';

export const coshIndicator = defineIndicator({
  id: 'cosh',
  title: 'Hyperbolic Cosine',
  group: 'math',
  params: { source: source() },
  outputs: { cosh: line('COSH', 'primary', { sparse: true }) },
  formula: 'Hyperbolic Cosine of each value. Not a number outside its domain.',
  talib: talib('COSH'),
  create: (g, p) => ({ cosh: map(g, g.source(p.source), Math.cosh) }),
});
