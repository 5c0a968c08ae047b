import { defineIndicator, line, talib } from './define.js';
import { map } from './kernel/arithmetic.js';
import { source } from './params.js';

export const atanIndicator = defineIndicator({
  id: 'atan',
  title: 'Arc Tangent',
  group: 'math',
  params: { source: source() },
  outputs: { atan: line('ATAN') },
  formula: 'Arc Tangent of each value.',
  talib: talib('ATAN'),
  create: (g, p) => ({ atan: map(g, g.source(p.source), Math.atan) }),
});
