import { defineIndicator, line } from './define.js';
import { offsetTo } from './kernel/events.js';
import { indexOfMax } from './kernel/window-extremes.js';
import { period, source } from './params.js';

export const highestCandlesIndicator = defineIndicator({
  id: 'highest-candles',
  title: 'Candles Since Highest',
  group: 'math',
  params: { source: source('high'), period: period(14) },
  outputs: { offset: line('Offset') },
  formula: '−(candles since the highest of the last `period` values), the newest of equals.',
  pine: ['ta.highestbars'],
  create: (g, p) => ({ offset: offsetTo(g, indexOfMax(g, g.source(p.source), p.period, 'latest')) }),
});
