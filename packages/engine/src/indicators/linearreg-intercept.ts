import { defineIndicator, line, talib } from './define.js';
import { regression } from './kernel/window-linear.js';
import { period, source } from './params.js';

export const linearregInterceptIndicator = defineIndicator({
  id: 'linearreg-intercept',
  title: 'Linear Regression Intercept',
  group: 'statistics',
  params: { source: source(), period: period(14, 2) },
  outputs: { linearregIntercept: line('Linear Regression Intercept') },
  pane: 'price',
  formula: 'Start of the least-squares line through the last `period` values.',
  talib: talib('LINEARREG_INTERCEPT', { timePeriod: 'period' }),
  create: (g, p) => {
    const { intercept } = regression(g, g.source(p.source), p.period);
    return { linearregIntercept: intercept };
  },
});
