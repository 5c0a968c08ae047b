import { defineIndicator, line, talib } from './define.js';
import { indexOfMax, indexOfMin } from './kernel/window-extremes.js';
import { period, source } from './params.js';
import { remembers } from './kernel/memory.js';

export const minmaxindexIndicator = defineIndicator({
  id: 'minmaxindex',
  title: 'Indices of Lowest and Highest Value',
  group: 'math',
  params: { source: source(), period: period(30, 2) },
  outputs: { minIndex: line('Min index', 'down'), maxIndex: line('Max index', 'up') },
  formula: 'Candle indices of both extremes of the last `period` values; of equals, the one TA-Lib names.',
  talib: talib('MINMAXINDEX', { timePeriod: 'period' }),
  // Counted from the first candle there is.
  create: (g, p) => ({
    minIndex: remembers(indexOfMin(g, g.source(p.source), p.period, 'talib'), 'forever'),
    maxIndex: remembers(indexOfMax(g, g.source(p.source), p.period, 'talib'), 'forever'),
  }),
});
