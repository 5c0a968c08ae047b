import { defineIndicator, line } from './define.js';
import { map3 } from './kernel/arithmetic.js';
import { trueRange } from './kernel/true-range.js';
import { windowMax, windowMin } from './kernel/window-extremes.js';
import { windowSum } from './kernel/window-sum.js';
import { period } from './params.js';

export const choppinessIndicator = defineIndicator({
  id: 'choppiness',
  title: 'Choppiness Index',
  group: 'trend',
  params: { period: period(14, 2) },
  outputs: { choppiness: line('CHOP') },
  levels: [38.2, 61.8],
  formula: '100 · log10(Σ true range / (highest − lowest)) / log10(period), Dreiss; 100 in a flat window.',
  create: (g, p) => {
    const range = windowSum(g, trueRange(g), p.period);
    const top = windowMax(g, g.high, p.period);
    const bottom = windowMin(g, g.low, p.period);
    return {
      choppiness: map3(g, range, top, bottom, (sum, high, low) =>
        high > low && sum > 0 ? (100 * Math.log10(sum / (high - low))) / Math.log10(p.period) : 100,
      ),
    };
  },
});
