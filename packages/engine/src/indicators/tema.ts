import { defineIndicator, line, talib } from './define.js';
import { tema } from './kernel/averages.js';
import { period, source } from './params.js';

export const temaIndicator = defineIndicator({
  id: 'tema',
  title: 'Triple Exponential Moving Average',
  group: 'average',
  params: { source: source(), period: period(20) },
  outputs: { tema: line('TEMA') },
  pane: 'price',
  formula: '3·EMA − 3·EMA(EMA) + EMA(EMA(EMA)), Mulloy 1994.',
  talib: talib('TEMA', { timePeriod: 'period' }, { period: 30 }),
  create: (g, p) => ({ tema: tema(g, g.source(p.source), p.period) }),
});
