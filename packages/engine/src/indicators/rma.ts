import { defineIndicator, line, talib } from './define.js';
import { rma } from './kernel/averages.js';
import { period, source } from './params.js';

export const rmaIndicator = defineIndicator({
  id: 'rma',
  title: "Wilder's Moving Average",
  group: 'average',
  params: { source: source(), period: period(14) },
  outputs: { rma: line('RMA') },
  pane: 'price',
  formula: 'Weight 1 / period on the newest value; seeded by the first SMA (Wilder 1978, Pine `ta.rma`).',
  pine: ['ta.rma'],
  talib: talib('RMA', { timePeriod: 'period' }, { period: 30 }),
  create: (g, p) => ({ rma: rma(g, g.source(p.source), p.period) }),
});
