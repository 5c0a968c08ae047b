import { defineIndicator, line, talib } from './define.js';
import { mapLag } from './kernel/arithmetic.js';
import { period, source } from './params.js';

export const momIndicator = defineIndicator({
  id: 'mom',
  title: 'Momentum',
  group: 'momentum',
  params: { source: source(), period: period(10) },
  outputs: { mom: line('MOM') },
  levels: [0],
  formula: 'value − value `period` candles ago.',
  pine: ['ta.mom', 'ta.change'],
  talib: talib('MOM', { timePeriod: 'period' }),
  create: (g, p) => ({ mom: mapLag(g, g.source(p.source), p.period, (now, then) => now - then) }),
});
