import { defineIndicator, line, talib } from './define.js';
import { movingAverage } from './kernel/moving-average.js';
import { maType, period, source } from './params.js';

export const maIndicator = defineIndicator({
  id: 'ma',
  title: 'Moving Average (any kind)',
  group: 'average',
  params: { source: source(), period: period(30), type: maType('sma', 'Kind') },
  outputs: { ma: line('MA') },
  pane: 'price',
  formula: 'The chosen kind of moving average.',
  talib: talib('MA', { timePeriod: 'period', maType: 'type' }),
  create: (g, p) => ({ ma: movingAverage(g, g.source(p.source), p.period, p.type) }),
});
