import { defineIndicator, line, talib } from './define.js';
import { map } from './kernel/arithmetic.js';
import { source } from './params.js';

export const acosIndicator = defineIndicator({
  id: 'acos',
  title: 'Arc Cosine',
  group: 'math',
  params: { source: source() },
  outputs: { acos: line('ACOS', 'primary', { sparse: true }) },
  formula: 'Arc Cosine of each value. Not a number outside its domain.',
  talib: talib('ACOS'),
  create: (g, p) => ({ acos: map(g, g.source(p.source), Math.acos) }),
});
