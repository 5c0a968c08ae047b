import { defineIndicator, line, talib } from './define.js';
import { accumulation } from './kernel/accumulation.js';
import { subtract } from './kernel/arithmetic.js';
import { smoothedFromFirst } from './kernel/averages.js';
import { shownFrom } from './kernel/views.js';
import { period } from './params.js';
import { candlesToFade, forgetsAfter } from './kernel/memory.js';

export const adoscIndicator = defineIndicator({
  id: 'adosc',
  title: 'Chaikin Oscillator',
  group: 'volume',
  params: { fast: period(3, 1, 'Fast EMA'), slow: period(10, 1, 'Slow EMA') },
  outputs: { adosc: line('Chaikin oscillator') },
  levels: [0],
  formula: 'EMA(fast) − EMA(slow) of the A/D line, both started at its first value (TA-Lib).',
  talib: talib('ADOSC', { fastPeriod: 'fast', slowPeriod: 'slow' }),
  create: (g, p) => {
    const total = accumulation(g);
    const fast = smoothedFromFirst(g, total, 2 / (p.fast + 1));
    const slow = smoothedFromFirst(g, total, 2 / (p.slow + 1));
    // The line remembers its start for ever, but by the same amount in both averages.
    const difference = forgetsAfter(subtract(g, fast, slow), candlesToFade(2 / (Math.max(p.fast, p.slow) + 1)));
    return { adosc: shownFrom(g, difference, Math.max(p.fast, p.slow) - 1) };
  },
});
