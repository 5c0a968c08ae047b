import { defineIndicator, line, talib } from './define.js';
import { map2, ratio } from './kernel/arithmetic.js';
import { averageTrueRange } from './kernel/true-range.js';
import { period } from './params.js';

export const natrIndicator = defineIndicator({
  id: 'natr',
  title: 'Normalised Average True Range',
  group: 'volatility',
  params: { period: period(14) },
  outputs: { natr: line('NATR') },
  formula: '100 · ATR / close.',
  talib: talib('NATR', { timePeriod: 'period' }),
  create: (g, p) => ({
    natr: map2(g, averageTrueRange(g, p.period), g.close, (atr, close) => 100 * ratio(atr, close)),
  }),
});
