import { defineIndicator, line, talib } from './define.js';
import { map2, map3, ratio, subtract } from './kernel/arithmetic.js';
import { ema } from './kernel/averages.js';
import type { Series } from './kernel/graph.js';
import { shownFrom } from './kernel/views.js';
import { windowMax, windowMin } from './kernel/window-extremes.js';
import { period } from './params.js';

export const smiIndicator = defineIndicator({
  id: 'smi',
  title: 'Stochastic Momentum Index',
  group: 'momentum',
  params: {
    period: period(13, 1, 'Range period'),
    fast: period(2, 1, 'Fast EMA'),
    slow: period(25, 1, 'Slow EMA'),
    signal: period(9, 1, 'Signal EMA'),
  },
  outputs: { smi: line('SMI'), signal: line('Signal', 'secondary') },
  levels: [-40, 0, 40],
  formula: '100 · smoothed distance of the close from the middle of the range / half the smoothed range, Blau 1993.',
  talib: talib('SMI', { timePeriod: 'period', fastPeriod: 'fast', slowPeriod: 'slow', signalPeriod: 'signal' }),
  create: (g, p) => {
    const top = windowMax(g, g.high, p.period);
    const bottom = windowMin(g, g.low, p.period);
    const twice = (input: Series): Series => ema(g, ema(g, input, p.slow), p.fast);
    const distance = twice(map3(g, g.close, top, bottom, (close, high, low) => close - (high + low) / 2));
    const range = twice(subtract(g, top, bottom));
    const smi = map2(g, distance, range, (near, wide) => 100 * ratio(near, wide / 2));
    const signal = ema(g, smi, p.signal);
    return { smi: shownFrom(g, smi, signal.begin), signal };
  },
});
