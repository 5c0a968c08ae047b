import { defineIndicator, line, talib } from './define.js';
import { map } from './kernel/arithmetic.js';
import { source } from './params.js';

export const asinIndicator = defineIndicator({
  id: 'asin',
  title: 'Arc Sine',
  group: 'math',
  params: { source: source() },
  outputs: { asin: line('ASIN', 'primary', { sparse: true }) },
  formula: 'Arc Sine of each value. Not a number outside its domain.',
  talib: talib('ASIN'),
  create: (g, p) => ({ asin: map(g, g.source(p.source), Math.asin) }),
});
