import { defineIndicator, line, talib } from './define.js';
import { correlation } from './kernel/window-pair.js';
import { period, source } from './params.js';

export const correlIndicator = defineIndicator({
  id: 'correl',
  title: 'Correlation',
  group: 'statistics',
  params: { source: source('high', 'First'), other: source('low', 'Second'), period: period(30) },
  outputs: { correl: line('Correlation') },
  levels: [-1, 0, 1],
  formula: "Pearson's correlation of two series over `period` candles; 0 while one of them does not move.",
  pine: ['ta.correlation'],
  talib: talib('CORREL', { timePeriod: 'period' }),
  create: (g, p) => ({ correl: correlation(g, g.source(p.source), g.source(p.other, 'other'), p.period) }),
});
