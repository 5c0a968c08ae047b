import { defineIndicator, steps } from './define.js';
import { lagged, map2 } from './kernel/arithmetic.js';
import { windowMin } from './kernel/window-extremes.js';
import { period, source } from './params.js';

export const fallingIndicator = defineIndicator({
  id: 'falling',
  title: 'Falling',
  group: 'math',
  params: { source: source(), period: period(3) },
  outputs: { falling: steps('Falling', 'down') },
  formula: '1 when the value is below each of the `period` values before it, else 0 (Pine).',
  pine: ['ta.falling'],
  create: (g, p) => {
    const input = g.source(p.source);
    const before = lagged(g, windowMin(g, input, p.period), 1);
    return { falling: map2(g, input, before, (now, bottom) => (now < bottom ? 1 : 0)) };
  },
});
