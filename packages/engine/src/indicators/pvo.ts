import { defineIndicator, line, talib } from './define.js';
import { map2, ratio } from './kernel/arithmetic.js';
import { movingAverage } from './kernel/moving-average.js';
import { maType, period } from './params.js';

export const pvoIndicator = defineIndicator({
  id: 'pvo',
  title: 'Percentage Volume Oscillator',
  group: 'volume',
  params: {
    fast: period(12, 1, 'Fast period'),
    slow: period(26, 1, 'Slow period'),
    type: maType('ema', 'Average'),
  },
  outputs: { pvo: line('PVO') },
  levels: [0],
  formula: '100 · (fast average − slow average) / slow average of volume; 0 where nothing traded.',
  talib: talib('PVO', { fastPeriod: 'fast', slowPeriod: 'slow', maType: 'type' }),
  create: (g, p) => {
    const fast = movingAverage(g, g.volume, Math.min(p.fast, p.slow), p.type);
    const slow = movingAverage(g, g.volume, Math.max(p.fast, p.slow), p.type);
    return { pvo: map2(g, fast, slow, (quick, calm) => 100 * ratio(quick - calm, calm)) };
  },
});
