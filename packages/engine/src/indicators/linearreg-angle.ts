import { defineIndicator, line, talib } from './define.js';
import { map } from './kernel/arithmetic.js';
import { RADIANS_TO_DEGREES } from './kernel/hilbert.js';
import { regression } from './kernel/window-linear.js';
import { period, source } from './params.js';

export const linearregAngleIndicator = defineIndicator({
  id: 'linearreg-angle',
  title: 'Linear Regression Angle',
  group: 'statistics',
  params: { source: source(), period: period(14, 2) },
  outputs: { linearregAngle: line('Linear Regression Angle') },
  levels: [0],
  formula: 'Arc tangent of the slope, in degrees.',
  talib: talib('LINEARREG_ANGLE', { timePeriod: 'period' }),
  create: (g, p) => {
    const { slope } = regression(g, g.source(p.source), p.period);
    return { linearregAngle: map(g, slope, (rise) => Math.atan(rise) * RADIANS_TO_DEGREES) };
  },
});
