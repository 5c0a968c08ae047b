import { defineIndicator, line, talib } from './define.js';
import { runningTotal } from './kernel/arithmetic.js';
import { source } from './params.js';

export const cumIndicator = defineIndicator({
  id: 'cum',
  title: 'Running Total',
  group: 'math',
  params: { source: source('volume') },
  outputs: { cum: line('Total') },
  formula: 'Sum of all values so far.',
  pine: ['ta.cum'],
  talib: talib('CUMSUM', {}, { source: 'close' }),
  create: (g, p) => ({ cum: runningTotal(g, g.source(p.source)) }),
});
