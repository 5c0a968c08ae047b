import { defineIndicator, line } from './define.js';
import { map3, ratio } from './kernel/arithmetic.js';
import { bollinger } from './kernel/bands.js';
import { number, period, source } from './params.js';

export const bbPercentIndicator = defineIndicator({
  id: 'bb-percent',
  title: 'Bollinger %b',
  group: 'momentum',
  params: { source: source(), period: period(20), deviations: number('Deviations', 2, 0.1, 20, 0.1) },
  outputs: { percent: line('%b') },
  levels: [0, 0.5, 1],
  formula: '(value − lower) / (upper − lower) of the Bollinger bands; 0.5 in a flat window.',
  create: (g, p) => {
    const input = g.source(p.source);
    const { upper, lower } = bollinger(g, input, p.period, p.deviations, p.deviations, 'sma');
    return { percent: map3(g, input, upper, lower, (value, top, bottom) => ratio(value - bottom, top - bottom, 0.5)) };
  },
});
