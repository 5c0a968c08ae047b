import { defineIndicator, line } from './define.js';
import { map2 } from './kernel/arithmetic.js';
import { averageTrueRange } from './kernel/true-range.js';
import { windowMax, windowMin } from './kernel/window-extremes.js';
import { number, period } from './params.js';

export const chandelierIndicator = defineIndicator({
  id: 'chandelier',
  title: 'Chandelier Exit',
  group: 'trend',
  params: { period: period(22), multiple: number('ATR multiple', 3, 0.1, 50, 0.1) },
  outputs: { long: line('Long exit', 'up'), short: line('Short exit', 'down') },
  pane: 'price',
  formula: 'Highest high − multiple · ATR and lowest low + multiple · ATR, LeBeau.',
  create: (g, p) => {
    const atr = averageTrueRange(g, p.period);
    return {
      long: map2(g, windowMax(g, g.high, p.period), atr, (top, range) => top - p.multiple * range),
      short: map2(g, windowMin(g, g.low, p.period), atr, (bottom, range) => bottom + p.multiple * range),
    };
  },
});
