import { defineIndicator, line, talib } from './define.js';
import { indexOfMax } from './kernel/window-extremes.js';
import { period, source } from './params.js';
import { remembers } from './kernel/memory.js';

export const maxindexIndicator = defineIndicator({
  id: 'maxindex',
  title: 'Index of Highest Value',
  group: 'math',
  params: { source: source(), period: period(30, 2) },
  outputs: { maxindex: line('MAXINDEX') },
  formula: 'Candle index of the extreme of the last `period` values; of equals, the one TA-Lib names.',
  talib: talib('MAXINDEX', { timePeriod: 'period' }),
  // Counted from the first candle there is.
  create: (g, p) => ({ maxindex: remembers(indexOfMax(g, g.source(p.source), p.period, 'talib'), 'forever') }),
});
