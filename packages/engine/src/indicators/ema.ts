import { defineIndicator, line, talib } from './define.js';
import { ema } from './kernel/averages.js';
import { period, source } from './params.js';

export const emaIndicator = defineIndicator({
  id: 'ema',
  title: 'Exponential Moving Average',
  group: 'average',
  params: { source: source(), period: period(20) },
  outputs: { ema: line('EMA') },
  pane: 'price',
  formula: 'Weight 2 / (period + 1) on the newest value; seeded by the first SMA (TA-Lib).',
  pine: ['ta.ema'],
  talib: talib('EMA', { timePeriod: 'period' }, { period: 30 }),
  create: (g, p) => ({ ema: ema(g, g.source(p.source), p.period) }),
});
