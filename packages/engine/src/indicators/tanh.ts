import { defineIndicator, line, talib } from './define.js';
import { map } from './kernel/arithmetic.js';
import { source } from './params.js';

export const tanhIndicator = defineIndicator({
  id: 'tanh',
  title: 'Hyperbolic Tangent',
  group: 'math',
  params: { source: source() },
  outputs: { tanh: line('TANH') },
  formula: 'Hyperbolic Tangent of each value.',
  talib: talib('TANH'),
  create: (g, p) => ({ tanh: map(g, g.source(p.source), Math.tanh) }),
});
