import { defineIndicator, line, talib } from './define.js';
import { map2 } from './kernel/arithmetic.js';
import { source } from './params.js';

export const divIndicator = defineIndicator({
  id: 'div',
  title: 'Quotient of Two Series',
  group: 'math',
  params: { source: source('high', 'First'), other: source('low', 'Second') },
  outputs: { div: line('DIV', 'primary', { sparse: true }) },
  formula: 'a / b of two series. Not a number where b is 0.',
  talib: talib('DIV'),
  create: (g, p) => ({ div: map2(g, g.source(p.source), g.source(p.other, 'other'), (a, b) => a / b) }),
});
