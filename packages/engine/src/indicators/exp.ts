import { defineIndicator, line, talib } from './define.js';
import { map } from './kernel/arithmetic.js';
import { source } from './params.js';

export const expIndicator = defineIndicator({
  id: 'exp',
  title: 'Exponential',
  group: 'math',
  params: { source: source() },
  outputs: { exp: line('EXP', 'primary', { sparse: true }) },
  formula: 'Exponential of each value. Not a number outside its domain.',
  talib: talib('EXP'),
  create: (g, p) => ({ exp: map(g, g.source(p.source), Math.exp) }),
});
