import { defineIndicator, line, talib } from './define.js';
import { mapLag } from './kernel/arithmetic.js';
import { period, source } from './params.js';

export const rocpIndicator = defineIndicator({
  id: 'rocp',
  title: 'Rate of Change (ratio)',
  group: 'momentum',
  params: { source: source(), period: period(10) },
  outputs: { rocp: line('ROCP') },
  formula: 'value / value `period` candles ago − 1.',
  talib: talib('ROCP', { timePeriod: 'period' }),
  create: (g, p) => ({
    rocp: mapLag(g, g.source(p.source), p.period, (now, then) => (then === 0 ? 0 : (now - then) / then)),
  }),
});
