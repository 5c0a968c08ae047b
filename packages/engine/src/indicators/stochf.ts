import { defineIndicator, line, talib } from './define.js';
import { movingAverage } from './kernel/moving-average.js';
import { stochastic } from './kernel/oscillator.js';
import { shownFrom } from './kernel/views.js';
import { maType, period } from './params.js';

export const stochfIndicator = defineIndicator({
  id: 'stochf',
  title: 'Fast Stochastic',
  group: 'momentum',
  params: {
    period: period(14, 1, '%K period'),
    signal: period(3, 1, '%D period'),
    signalType: maType('sma', '%D average'),
  },
  outputs: { k: line('Fast %K'), d: line('Fast %D', 'secondary') },
  levels: [20, 50, 80],
  formula: 'Stochastic without smoothing of %K (Lane).',
  pine: ['ta.stoch'],
  talib: talib('STOCHF', { fastK_Period: 'period', fastD_Period: 'signal', fastD_MAType: 'signalType' }, { period: 5 }),
  create: (g, p) => {
    const k = stochastic(g, g.close, g.high, g.low, p.period);
    const d = movingAverage(g, k, p.signal, p.signalType);
    return { k: shownFrom(g, k, d.begin), d };
  },
});
