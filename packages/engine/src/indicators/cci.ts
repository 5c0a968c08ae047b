import { defineIndicator, line, talib } from './define.js';
import { map3, ratio } from './kernel/arithmetic.js';
import { meanDeviation } from './kernel/mean-deviation.js';
import { sma } from './kernel/window-sum.js';
import { period, source } from './params.js';

export const cciIndicator = defineIndicator({
  id: 'cci',
  title: 'Commodity Channel Index',
  group: 'momentum',
  params: { source: source('hlc3'), period: period(20) },
  outputs: { cci: line('CCI') },
  levels: [-100, 0, 100],
  formula: '(value − SMA) / (0.015 · mean deviation), Lambert 1980; 0 in a flat window.',
  pine: ['ta.cci'],
  talib: talib('CCI', { timePeriod: 'period' }, { period: 14 }),
  create: (g, p) => {
    const input = g.source(p.source);
    const mean = sma(g, input, p.period);
    const spread = meanDeviation(g, input, mean, p.period);
    return { cci: map3(g, input, mean, spread, (value, m, d) => ratio(value - m, 0.015 * d)) };
  },
});
