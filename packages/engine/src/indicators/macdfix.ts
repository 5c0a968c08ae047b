import { defineIndicator, histogram, line, talib } from './define.js';
import { convergence } from './kernel/convergence.js';
import { period, source } from './params.js';

export const macdfixIndicator = defineIndicator({
  id: 'macdfix',
  title: 'MACD (fixed 12/26)',
  group: 'momentum',
  params: { source: source(), signal: period(9, 1, 'Signal EMA') },
  outputs: { macd: line('MACD'), signal: line('Signal', 'secondary'), histogram: histogram('Histogram') },
  levels: [0],
  formula: "MACD with Appel's original weights 0.15 and 0.075 (TA-Lib's MACDFIX).",
  talib: talib('MACDFIX', { signalPeriod: 'signal' }),
  create: (g, p) =>
    convergence(g, g.source(p.source), { fast: 12, slow: 26, signal: p.signal }, { fast: 0.15, slow: 0.075 }),
});
