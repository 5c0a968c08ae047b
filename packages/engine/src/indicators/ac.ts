import { defineIndicator, histogram, talib } from './define.js';
import { subtract } from './kernel/arithmetic.js';
import { sma } from './kernel/window-sum.js';
import { period } from './params.js';

export const acIndicator = defineIndicator({
  id: 'ac',
  title: 'Accelerator Oscillator',
  group: 'momentum',
  params: { fast: period(5, 1, 'Fast SMA'), slow: period(34, 1, 'Slow SMA'), signal: period(5, 1, 'Signal SMA') },
  outputs: { ac: histogram('AC') },
  levels: [0],
  formula: 'Awesome oscillator − its SMA, Williams.',
  talib: talib('AC', { fastPeriod: 'fast', slowPeriod: 'slow', signalPeriod: 'signal' }),
  create: (g, p) => {
    const ao = subtract(g, sma(g, g.price('hl2'), p.fast), sma(g, g.price('hl2'), p.slow));
    return { ac: subtract(g, ao, sma(g, ao, p.signal)) };
  },
});
