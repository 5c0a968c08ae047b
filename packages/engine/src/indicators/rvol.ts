import { defineIndicator, line, talib } from './define.js';
import { lagged, map2, ratio } from './kernel/arithmetic.js';
import { sma } from './kernel/window-sum.js';
import { period } from './params.js';

export const rvolIndicator = defineIndicator({
  id: 'rvol',
  title: 'Relative Volume',
  group: 'volume',
  params: { period: period(20) },
  outputs: { rvol: line('RVOL') },
  levels: [1],
  formula: 'Volume / mean volume of the `period` candles before; 0 where nothing traded.',
  talib: talib('RVOL', { timePeriod: 'period' }),
  create: (g, p) => {
    const mean = lagged(g, sma(g, g.volume, p.period), 1);
    return { rvol: map2(g, g.volume, mean, ratio) };
  },
});
