import { defineIndicator, line, talib } from './define.js';
import { hull } from './kernel/hull.js';
import { period, source } from './params.js';

export const hmaIndicator = defineIndicator({
  id: 'hma',
  title: 'Hull Moving Average',
  group: 'average',
  params: { source: source(), period: period(9, 2) },
  outputs: { hma: line('HMA') },
  pane: 'price',
  formula: 'WMA(2·WMA(n / 2) − WMA(n), √n), Hull 2005.',
  pine: ['ta.hma'],
  talib: talib('HMA', { timePeriod: 'period' }, { period: 20 }),
  create: (g, p) => ({ hma: hull(g, g.source(p.source), p.period) }),
});
