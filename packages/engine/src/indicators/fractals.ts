import { defineIndicator } from './define.js';
import { pivots } from './kernel/events.js';
import { period } from './params.js';

export const fractalsIndicator = defineIndicator({
  id: 'fractals',
  title: 'Williams Fractals',
  group: 'levels',
  params: { left: period(2, 1, 'Left', 500), right: period(2, 1, 'Right', 500) },
  outputs: {
    up: { title: 'Up fractal', plot: 'markers', role: 'down', sparse: true, shiftBy: 'right', shiftBack: true },
    down: { title: 'Down fractal', plot: 'markers', role: 'up', sparse: true, shiftBy: 'right', shiftBack: true },
  },
  pane: 'price',
  formula: 'High above, or low below, its neighbours, given at the candle that confirms it, Williams 1995.',
  create: (g, p) => ({
    up: pivots(g, g.high, p.left, p.right, 1),
    down: pivots(g, g.low, p.left, p.right, -1),
  }),
});
