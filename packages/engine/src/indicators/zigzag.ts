import { defineIndicator, steps } from './define.js';
import { zigzag } from './kernel/events.js';
import { number } from './params.js';

export const zigzagIndicator = defineIndicator({
  id: 'zigzag',
  title: 'Zigzag',
  group: 'levels',
  params: { percent: number('Reversal, percent', 5, 0.01, 90, 0.5) },
  outputs: {
    pivot: { title: 'Confirmed pivot', plot: 'markers', role: 'primary', sparse: true },
    age: { title: 'Candles since the pivot', plot: 'line', role: 'muted', sparse: true },
    direction: steps('Direction of the running leg', 'sign'),
  },
  pane: 'price',
  formula:
    'Extremes from which the price turned by `percent`; each is given, with its age, at the candle that confirms it and never changes.',
  create: (g, p) => zigzag(g, p.percent / 100),
});
