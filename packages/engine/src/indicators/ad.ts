import { defineIndicator, line, talib } from './define.js';
import { accumulation } from './kernel/accumulation.js';

export const adIndicator = defineIndicator({
  id: 'ad',
  title: 'Accumulation / Distribution',
  group: 'volume',
  params: {},
  outputs: { ad: line('A/D') },
  formula: 'Running sum of volume · ((close − low) − (high − close)) / (high − low), Chaikin; 0 for a flat candle.',
  pine: ['ta.accdist'],
  talib: talib('AD'),
  create: (g) => ({ ad: accumulation(g) }),
});
