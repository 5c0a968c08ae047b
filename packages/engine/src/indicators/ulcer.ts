import { defineIndicator, line } from './define.js';
import { map, map2, ratio } from './kernel/arithmetic.js';
import { windowMax } from './kernel/window-extremes.js';
import { windowSum } from './kernel/window-sum.js';
import { period, source } from './params.js';

export const ulcerIndicator = defineIndicator({
  id: 'ulcer',
  title: 'Ulcer Index',
  group: 'volatility',
  params: { source: source(), period: period(14) },
  outputs: { ulcer: line('Ulcer index') },
  formula: 'Root mean square of the percentage drawdown from the highest of `period` values, Martin 1987.',
  create: (g, p) => {
    const input = g.source(p.source);
    const squared = map2(g, input, windowMax(g, input, p.period), (value, top) => (100 * ratio(value - top, top)) ** 2);
    return { ulcer: map(g, windowSum(g, squared, p.period, p.period), Math.sqrt) };
  },
});
