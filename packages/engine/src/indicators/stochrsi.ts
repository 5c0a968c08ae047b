import { defineIndicator, line, talib } from './define.js';
import { movingAverage } from './kernel/moving-average.js';
import { rsi, stochastic } from './kernel/oscillator.js';
import { shownFrom } from './kernel/views.js';
import { maType, period, source } from './params.js';

export const stochrsiIndicator = defineIndicator({
  id: 'stochrsi',
  title: 'Stochastic RSI',
  group: 'momentum',
  params: {
    source: source(),
    period: period(14, 1, 'RSI period'),
    stochastic: period(14, 1, 'Stochastic period'),
    signal: period(3, 1, '%D period'),
    signalType: maType('sma', '%D average'),
  },
  outputs: { k: line('Fast %K'), d: line('Fast %D', 'secondary') },
  levels: [20, 50, 80],
  formula: 'Stochastic of the RSI, Chande and Kroll 1994.',
  talib: talib(
    'STOCHRSI',
    { timePeriod: 'period', fastK_Period: 'stochastic', fastD_Period: 'signal', fastD_MAType: 'signalType' },
    { stochastic: 5 },
  ),
  create: (g, p) => {
    const strength = rsi(g, g.source(p.source), p.period);
    const k = stochastic(g, strength, strength, strength, p.stochastic);
    const d = movingAverage(g, k, p.signal, p.signalType);
    return { k: shownFrom(g, k, d.begin), d };
  },
});
