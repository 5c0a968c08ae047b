import { defineIndicator, line } from './define.js';
import { offsetTo } from './kernel/events.js';
import { indexOfMin } from './kernel/window-extremes.js';
import { period, source } from './params.js';

export const lowestCandlesIndicator = defineIndicator({
  id: 'lowest-candles',
  title: 'Candles Since Lowest',
  group: 'math',
  params: { source: source('low'), period: period(14) },
  outputs: { offset: line('Offset') },
  formula: '−(candles since the lowest of the last `period` values), the newest of equals.',
  pine: ['ta.lowestbars'],
  create: (g, p) => ({ offset: offsetTo(g, indexOfMin(g, g.source(p.source), p.period, 'latest')) }),
});
