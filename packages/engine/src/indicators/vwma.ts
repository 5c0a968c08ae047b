import { defineIndicator, line, talib } from './define.js';
import { volumeWeighted } from './kernel/averages.js';
import { period, source } from './params.js';

export const vwmaIndicator = defineIndicator({
  id: 'vwma',
  title: 'Volume Weighted Moving Average',
  group: 'average',
  params: { source: source(), period: period(20) },
  outputs: { vwma: line('VWMA') },
  pane: 'price',
  formula: 'Σ(value · volume) / Σ volume over the window; the plain mean where nothing traded.',
  pine: ['ta.vwma'],
  talib: talib('VWMA', { timePeriod: 'period' }, { period: 30 }),
  create: (g, p) => ({ vwma: volumeWeighted(g, g.source(p.source), p.period) }),
});
