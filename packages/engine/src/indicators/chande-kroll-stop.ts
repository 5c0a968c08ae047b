import { defineIndicator, line } from './define.js';
import { map2 } from './kernel/arithmetic.js';
import { averageTrueRange } from './kernel/true-range.js';
import { windowMax, windowMin } from './kernel/window-extremes.js';
import { number, period } from './params.js';

export const chandeKrollStopIndicator = defineIndicator({
  id: 'chande-kroll-stop',
  title: 'Chande Kroll Stop',
  group: 'trend',
  params: {
    period: period(10, 1, 'ATR period'),
    multiple: number('ATR multiple', 1, 0.1, 50, 0.1),
    stop: period(9, 1, 'Stop period'),
  },
  outputs: { long: line('Stop long', 'up'), short: line('Stop short', 'down') },
  pane: 'price',
  formula:
    'Highest of (highest high − x · ATR) for shorts, lowest of (lowest low + x · ATR) for longs, Chande and Kroll 1995.',
  create: (g, p) => {
    const atr = averageTrueRange(g, p.period);
    const high = map2(g, windowMax(g, g.high, p.period), atr, (top, range) => top - p.multiple * range);
    const low = map2(g, windowMin(g, g.low, p.period), atr, (bottom, range) => bottom + p.multiple * range);
    return { long: windowMin(g, low, p.stop), short: windowMax(g, high, p.stop) };
  },
});
