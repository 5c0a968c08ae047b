import { defineIndicator, line, talib } from './define.js';
import { map2 } from './kernel/arithmetic.js';
import { regression } from './kernel/window-linear.js';
import { period, source } from './params.js';

export const linearregIndicator = defineIndicator({
  id: 'linearreg',
  title: 'Linear Regression',
  group: 'statistics',
  params: { source: source(), period: period(14, 2), offset: period(0, 0, 'Offset back', 1_000) },
  outputs: { linearreg: line('Linear Regression') },
  pane: 'price',
  formula: 'The least-squares line through the last `period` values, `offset` candles before its end.',
  pine: ['ta.linreg'],
  talib: talib('LINEARREG', { timePeriod: 'period' }),
  create: (g, p) => {
    const { intercept, slope } = regression(g, g.source(p.source), p.period);
    return { linearreg: map2(g, intercept, slope, (start, rise) => start + rise * (p.period - 1 - p.offset)) };
  },
});
