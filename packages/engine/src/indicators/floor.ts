import { defineIndicator, line, talib } from './define.js';
import { map } from './kernel/arithmetic.js';
import { source } from './params.js';

export const floorIndicator = defineIndicator({
  id: 'floor',
  title: 'Round Down',
  group: 'math',
  params: { source: source() },
  outputs: { floor: line('FLOOR') },
  formula: 'Round Down of each value.',
  talib: talib('FLOOR'),
  create: (g, p) => ({ floor: map(g, g.source(p.source), Math.floor) }),
});
