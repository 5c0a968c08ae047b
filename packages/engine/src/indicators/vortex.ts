import { defineIndicator, line, talib } from './define.js';
import { map2, ratio } from './kernel/arithmetic.js';
import type { Series } from './kernel/graph.js';
import { trueRange } from './kernel/true-range.js';
import { windowSum } from './kernel/window-sum.js';
import { period } from './params.js';

export const vortexIndicator = defineIndicator({
  id: 'vortex',
  title: 'Vortex',
  group: 'trend',
  params: { period: period(14) },
  outputs: { plus: line('VI+', 'up'), minus: line('VI−', 'down') },
  levels: [1],
  formula: 'Σ|high − previous low| and Σ|low − previous high| over Σ true range, Botes and Siepman 2010.',
  talib: talib('VORTEX', { timePeriod: 'period' }),
  create: (g, p) => {
    const { high, low } = g;
    const range = windowSum(g, trueRange(g), p.period);
    const share = (a: Series, b: Series): Series => {
      const reach = g.derive(1, (from, to, out) => {
        for (let i = from; i < to; i++) out[i] = Math.abs(a.values[i]! - b.values[i - 1]!);
      });
      return map2(g, windowSum(g, reach, p.period), range, ratio);
    };
    return { plus: share(high, low), minus: share(low, high) };
  },
});
