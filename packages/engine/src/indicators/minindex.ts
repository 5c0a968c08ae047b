import { defineIndicator, line, talib } from './define.js';
import { indexOfMin } from './kernel/window-extremes.js';
import { period, source } from './params.js';
import { remembers } from './kernel/memory.js';

export const minindexIndicator = defineIndicator({
  id: 'minindex',
  title: 'Index of Lowest Value',
  group: 'math',
  params: { source: source(), period: period(30, 2) },
  outputs: { minindex: line('MININDEX') },
  formula: 'Candle index of the extreme of the last `period` values; of equals, the one TA-Lib names.',
  talib: talib('MININDEX', { timePeriod: 'period' }),
  // Counted from the first candle there is.
  create: (g, p) => ({ minindex: remembers(indexOfMin(g, g.source(p.source), p.period, 'talib'), 'forever') }),
});
