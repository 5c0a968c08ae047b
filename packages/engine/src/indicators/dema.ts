import { defineIndicator, line, talib } from './define.js';
import { dema } from './kernel/averages.js';
import { period, source } from './params.js';

export const demaIndicator = defineIndicator({
  id: 'dema',
  title: 'Double Exponential Moving Average',
  group: 'average',
  params: { source: source(), period: period(20) },
  outputs: { dema: line('DEMA') },
  pane: 'price',
  formula: '2·EMA − EMA(EMA), Mulloy 1994.',
  talib: talib('DEMA', { timePeriod: 'period' }, { period: 30 }),
  create: (g, p) => ({ dema: dema(g, g.source(p.source), p.period) }),
});
