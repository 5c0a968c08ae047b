import { defineIndicator, steps } from './define.js';
import { lagged, map2 } from './kernel/arithmetic.js';
import { windowMax } from './kernel/window-extremes.js';
import { period, source } from './params.js';

export const risingIndicator = defineIndicator({
  id: 'rising',
  title: 'Rising',
  group: 'math',
  params: { source: source(), period: period(3) },
  outputs: { rising: steps('Rising', 'up') },
  formula: '1 when the value is above each of the `period` values before it, else 0 (Pine).',
  pine: ['ta.rising'],
  create: (g, p) => {
    const input = g.source(p.source);
    const before = lagged(g, windowMax(g, input, p.period), 1);
    return { rising: map2(g, input, before, (now, top) => (now > top ? 1 : 0)) };
  },
});
