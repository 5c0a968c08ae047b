import { defineIndicator, line, talib } from './define.js';
import { map2 } from './kernel/arithmetic.js';
import { regression } from './kernel/window-linear.js';
import { period, source } from './params.js';

export const tsfIndicator = defineIndicator({
  id: 'tsf',
  title: 'Time Series Forecast',
  group: 'statistics',
  params: { source: source(), period: period(14, 2) },
  outputs: { tsf: line('Time Series Forecast') },
  pane: 'price',
  formula: 'Least-squares line carried one candle ahead.',
  talib: talib('TSF', { timePeriod: 'period' }),
  create: (g, p) => {
    const { intercept, slope } = regression(g, g.source(p.source), p.period);
    return { tsf: map2(g, intercept, slope, (start, rise) => start + rise * p.period) };
  },
});
