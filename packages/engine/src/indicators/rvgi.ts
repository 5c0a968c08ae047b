import { defineIndicator, line } from './define.js';
import { map2, ratio, subtract } from './kernel/arithmetic.js';
import { weighted } from './kernel/averages.js';
import { windowSum } from './kernel/window-sum.js';
import { period } from './params.js';

export const rvgiIndicator = defineIndicator({
  id: 'rvgi',
  title: 'Relative Vigor Index',
  group: 'momentum',
  params: { period: period(10) },
  outputs: { rvgi: line('RVGI'), signal: line('Signal', 'secondary') },
  levels: [0],
  formula: 'Σ symmetrically weighted (close − open) / Σ symmetrically weighted (high − low), Ehlers 2002.',
  create: (g, p) => {
    const body = weighted(g, subtract(g, g.close, g.open), [1, 2, 2, 1]);
    const range = weighted(g, subtract(g, g.high, g.low), [1, 2, 2, 1]);
    const rvgi = map2(g, windowSum(g, body, p.period), windowSum(g, range, p.period), ratio);
    return { rvgi, signal: weighted(g, rvgi, [1, 2, 2, 1]) };
  },
});
