import { defineIndicator, line, talib } from './define.js';
import { mapLag, ratio } from './kernel/arithmetic.js';
import { period, source } from './params.js';

export const rocrIndicator = defineIndicator({
  id: 'rocr',
  title: 'Rate of Change Ratio',
  group: 'momentum',
  params: { source: source(), period: period(10) },
  outputs: { rocr: line('ROCR') },
  formula: 'value / value `period` candles ago.',
  talib: talib('ROCR', { timePeriod: 'period' }),
  create: (g, p) => ({ rocr: mapLag(g, g.source(p.source), p.period, (now, then) => ratio(now, then)) }),
});
