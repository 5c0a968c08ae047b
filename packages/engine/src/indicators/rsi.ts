import { defineIndicator, line, talib } from './define.js';
import { rsi } from './kernel/oscillator.js';
import { period, source } from './params.js';

export const rsiIndicator = defineIndicator({
  id: 'rsi',
  title: 'Relative Strength Index',
  group: 'momentum',
  params: { source: source(), period: period(14) },
  outputs: { rsi: line('RSI') },
  levels: [30, 50, 70],
  formula:
    '100 · average gain / (average gain + average loss), Wilder averages (1978); 0 while nothing moves (TA-Lib).',
  pine: ['ta.rsi'],
  talib: talib('RSI', { timePeriod: 'period' }),
  create: (g, p) => ({ rsi: rsi(g, g.source(p.source), p.period) }),
});
