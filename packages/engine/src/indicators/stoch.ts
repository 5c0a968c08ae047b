import { defineIndicator, line, talib } from './define.js';
import { movingAverage } from './kernel/moving-average.js';
import { stochastic } from './kernel/oscillator.js';
import { shownFrom } from './kernel/views.js';
import { maType, period } from './params.js';

export const stochIndicator = defineIndicator({
  id: 'stoch',
  title: 'Stochastic',
  group: 'momentum',
  params: {
    period: period(14, 1, '%K period'),
    smoothing: period(3, 1, '%K smoothing'),
    smoothingType: maType('sma', '%K average'),
    signal: period(3, 1, '%D period'),
    signalType: maType('sma', '%D average'),
  },
  outputs: { k: line('%K'), d: line('%D', 'secondary') },
  levels: [20, 50, 80],
  formula: 'Place of the close in the range of `period` candles, smoothed (Lane); 0 in a flat range (TA-Lib).',
  talib: talib(
    'STOCH',
    {
      fastK_Period: 'period',
      slowK_Period: 'smoothing',
      slowK_MAType: 'smoothingType',
      slowD_Period: 'signal',
      slowD_MAType: 'signalType',
    },
    { period: 5 },
  ),
  create: (g, p) => {
    const raw = stochastic(g, g.close, g.high, g.low, p.period);
    const k = movingAverage(g, raw, p.smoothing, p.smoothingType);
    const d = movingAverage(g, k, p.signal, p.signalType);
    return { k: shownFrom(g, k, d.begin), d };
  },
});
