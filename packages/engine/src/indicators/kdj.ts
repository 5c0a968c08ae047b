import { defineIndicator, line } from './define.js';
import { map2 } from './kernel/arithmetic.js';
import { rma } from './kernel/averages.js';
import { stochastic } from './kernel/oscillator.js';
import { shownFrom } from './kernel/views.js';
import { period } from './params.js';

export const kdjIndicator = defineIndicator({
  id: 'kdj',
  title: 'KDJ',
  group: 'momentum',
  params: {
    period: period(9, 1, 'Range period'),
    smoothing: period(3, 1, 'K smoothing'),
    signal: period(3, 1, 'D smoothing'),
  },
  outputs: { k: line('K'), d: line('D', 'secondary'), j: line('J', 'tertiary') },
  levels: [20, 80],
  formula: 'Stochastic smoothed by Wilder averages and J = 3 · K − 2 · D; seeded by means.',
  create: (g, p) => {
    const k = rma(g, stochastic(g, g.close, g.high, g.low, p.period), p.smoothing);
    const d = rma(g, k, p.signal);
    return { k: shownFrom(g, k, d.begin), d, j: map2(g, k, d, (a, b) => 3 * a - 2 * b) };
  },
});
