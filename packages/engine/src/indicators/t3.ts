import { defineIndicator, line, talib } from './define.js';
import { t3 } from './kernel/averages.js';
import { number, period, source } from './params.js';

export const t3Indicator = defineIndicator({
  id: 't3',
  title: 'T3',
  group: 'average',
  params: { source: source(), period: period(5), volumeFactor: number('Volume factor', 0.7, 0, 1, 0.05) },
  outputs: { t3: line('T3') },
  pane: 'price',
  formula: 'Six chained EMAs mixed by the volume factor, Tillson 1998.',
  talib: talib('T3', { timePeriod: 'period', vFactor: 'volumeFactor' }),
  create: (g, p) => ({ t3: t3(g, g.source(p.source), p.period, p.volumeFactor) }),
});
