import { defineIndicator, histogram, talib } from './define.js';
import { subtract } from './kernel/arithmetic.js';
import { sma } from './kernel/window-sum.js';
import { period } from './params.js';

export const aoIndicator = defineIndicator({
  id: 'ao',
  title: 'Awesome Oscillator',
  group: 'momentum',
  params: { fast: period(5, 1, 'Fast SMA'), slow: period(34, 1, 'Slow SMA') },
  outputs: { ao: histogram('AO') },
  levels: [0],
  formula: 'SMA(fast) − SMA(slow) of (high + low) / 2, Williams.',
  talib: talib('AO', { fastPeriod: 'fast', slowPeriod: 'slow' }),
  create: (g, p) => ({ ao: subtract(g, sma(g, g.price('hl2'), p.fast), sma(g, g.price('hl2'), p.slow)) }),
});
