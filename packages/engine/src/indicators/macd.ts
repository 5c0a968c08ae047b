import { defineIndicator, histogram, line, talib } from './define.js';
import { convergence } from './kernel/convergence.js';
import { period, source } from './params.js';

export const macdIndicator = defineIndicator({
  id: 'macd',
  title: 'MACD',
  group: 'momentum',
  params: {
    source: source(),
    fast: period(12, 1, 'Fast EMA'),
    slow: period(26, 1, 'Slow EMA'),
    signal: period(9, 1, 'Signal EMA'),
  },
  outputs: { macd: line('MACD'), signal: line('Signal', 'secondary'), histogram: histogram('Histogram') },
  levels: [0],
  formula: 'EMA(fast) − EMA(slow) and its EMA (Appel); seeded as TA-Lib.',
  pine: ['ta.macd'],
  talib: talib('MACD', { fastPeriod: 'fast', slowPeriod: 'slow', signalPeriod: 'signal' }),
  create: (g, p) => {
    const fast = Math.min(p.fast, p.slow);
    const slow = Math.max(p.fast, p.slow);
    const periods = { fast, slow, signal: p.signal };
    return convergence(g, g.source(p.source), periods, { fast: 2 / (fast + 1), slow: 2 / (slow + 1) });
  },
});
