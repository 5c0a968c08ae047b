import { defineIndicator, line, talib } from './define.js';
import { regression } from './kernel/window-linear.js';
import { period, source } from './params.js';

export const linearregSlopeIndicator = defineIndicator({
  id: 'linearreg-slope',
  title: 'Linear Regression Slope',
  group: 'statistics',
  params: { source: source(), period: period(14, 2) },
  outputs: { linearregSlope: line('Linear Regression Slope') },
  levels: [0],
  formula: 'Rise per candle of the least-squares line.',
  talib: talib('LINEARREG_SLOPE', { timePeriod: 'period' }),
  create: (g, p) => {
    const { slope } = regression(g, g.source(p.source), p.period);
    return { linearregSlope: slope };
  },
});
