import { defineIndicator, line, talib } from './define.js';
import { map } from './kernel/arithmetic.js';
import { source } from './params.js';

export const sinhIndicator = defineIndicator({
  id: 'sinh',
  title: 'Hyperbolic Sine',
  group: 'math',
  params: { source: source() },
  outputs: { sinh: line('SINH', 'primary', { sparse: true }) },
  formula: 'Hyperbolic Sine of each value. Not a number outside its domain.',
  talib: talib('SINH'),
  create: (g, p) => ({ sinh: map(g, g.source(p.source), Math.sinh) }),
});
