import { defineIndicator, line, talib } from './define.js';
import { mapLag } from './kernel/arithmetic.js';
import { period, source } from './params.js';

export const rocIndicator = defineIndicator({
  id: 'roc',
  title: 'Rate of Change',
  group: 'momentum',
  params: { source: source(), period: period(10) },
  outputs: { roc: line('ROC') },
  levels: [0],
  formula: '100 · (value / value `period` candles ago − 1).',
  pine: ['ta.roc'],
  talib: talib('ROC', { timePeriod: 'period' }),
  create: (g, p) => ({
    roc: mapLag(g, g.source(p.source), p.period, (now, then) => (then === 0 ? 0 : (now / then - 1) * 100)),
  }),
});
