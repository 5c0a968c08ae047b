import { defineIndicator, line } from './define.js';
import { map3, ratio } from './kernel/arithmetic.js';
import { windowMoments } from './kernel/window-moments.js';
import { period, source } from './params.js';

export const zscoreIndicator = defineIndicator({
  id: 'zscore',
  title: 'Z-Score',
  group: 'statistics',
  params: { source: source(), period: period(20, 2) },
  outputs: { zscore: line('Z-score') },
  levels: [-2, 0, 2],
  formula: '(value − mean) / population standard deviation of the last `period` values; 0 in a flat window.',
  create: (g, p) => {
    const input = g.source(p.source);
    const { mean, variance } = windowMoments(g, input, p.period);
    return { zscore: map3(g, input, mean, variance, (value, m, v) => ratio(value - m, Math.sqrt(v))) };
  },
});
