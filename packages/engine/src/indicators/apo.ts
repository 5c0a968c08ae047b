import { defineIndicator, line, talib } from './define.js';
import { map2 } from './kernel/arithmetic.js';
import { movingAverage } from './kernel/moving-average.js';
import { maType, period, source } from './params.js';

export const apoIndicator = defineIndicator({
  id: 'apo',
  title: 'Absolute Price Oscillator',
  group: 'momentum',
  params: {
    source: source(),
    fast: period(12, 1, 'Fast period'),
    slow: period(26, 1, 'Slow period'),
    type: maType('ema', 'Average'),
  },
  outputs: { apo: line('APO') },
  levels: [0],
  formula: 'Fast average − slow average.',
  talib: talib('APO', { fastPeriod: 'fast', slowPeriod: 'slow', maType: 'type' }),
  create: (g, p) => {
    const input = g.source(p.source);
    const fast = movingAverage(g, input, Math.min(p.fast, p.slow), p.type);
    const slow = movingAverage(g, input, Math.max(p.fast, p.slow), p.type);
    return { apo: map2(g, fast, slow, (quick, calm) => quick - calm) };
  },
});
