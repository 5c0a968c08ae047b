import { defineIndicator, line, talib } from './define.js';
import { mapLag, ratio } from './kernel/arithmetic.js';
import { period, source } from './params.js';

export const rocr100Indicator = defineIndicator({
  id: 'rocr100',
  title: 'Rate of Change Ratio · 100',
  group: 'momentum',
  params: { source: source(), period: period(10) },
  outputs: { rocr100: line('ROCR100') },
  formula: '100 · value / value `period` candles ago.',
  talib: talib('ROCR100', { timePeriod: 'period' }),
  create: (g, p) => ({ rocr100: mapLag(g, g.source(p.source), p.period, (now, then) => 100 * ratio(now, then)) }),
});
