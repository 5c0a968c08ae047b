import { defineIndicator, line } from './define.js';
import { subtract } from './kernel/arithmetic.js';
import { ema, smoothedFromFirst } from './kernel/averages.js';
import { holdingStochastic } from './kernel/oscillator.js';
import { number, period, source } from './params.js';

export const stcIndicator = defineIndicator({
  id: 'stc',
  title: 'Schaff Trend Cycle',
  group: 'momentum',
  params: {
    source: source(),
    fast: period(23, 1, 'Fast EMA'),
    slow: period(50, 1, 'Slow EMA'),
    cycle: period(10, 1, 'Cycle'),
    factor: number('Smoothing factor', 0.5, 0.01, 1, 0.05),
  },
  outputs: { stc: line('STC') },
  levels: [25, 75],
  formula: 'Stochastic of the stochastic of the MACD line, each smoothed by `factor`, Schaff 1999; holds while flat.',
  create: (g, p) => {
    const input = g.source(p.source);
    const macd = subtract(g, ema(g, input, p.fast), ema(g, input, p.slow));
    const once = smoothedFromFirst(g, holdingStochastic(g, macd, p.cycle), p.factor);
    return { stc: smoothedFromFirst(g, holdingStochastic(g, once, p.cycle), p.factor) };
  },
});
