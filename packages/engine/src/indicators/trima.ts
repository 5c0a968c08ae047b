import { defineIndicator, line, talib } from './define.js';
import { trima } from './kernel/averages.js';
import { period, source } from './params.js';

export const trimaIndicator = defineIndicator({
  id: 'trima',
  title: 'Triangular Moving Average',
  group: 'average',
  params: { source: source(), period: period(20) },
  outputs: { trima: line('TRIMA') },
  pane: 'price',
  formula: 'SMA of an SMA: weights rise to the middle of the window and fall again (TA-Lib).',
  talib: talib('TRIMA', { timePeriod: 'period' }, { period: 30 }),
  create: (g, p) => ({ trima: trima(g, g.source(p.source), p.period) }),
});
