import { defineIndicator, line } from './define.js';
import { map3, ratio } from './kernel/arithmetic.js';
import { bollinger } from './kernel/bands.js';
import { number, period, source } from './params.js';

export const bbWidthIndicator = defineIndicator({
  id: 'bb-width',
  title: 'Bollinger Band Width',
  group: 'volatility',
  params: { source: source(), period: period(20), deviations: number('Deviations', 2, 0.1, 20, 0.1) },
  outputs: { width: line('Width') },
  formula: '(upper − lower) / middle of the Bollinger bands.',
  pine: ['ta.bbw'],
  create: (g, p) => {
    const { upper, middle, lower } = bollinger(g, g.source(p.source), p.period, p.deviations, p.deviations, 'sma');
    return { width: map3(g, upper, lower, middle, (top, bottom, centre) => ratio(top - bottom, centre)) };
  },
});
