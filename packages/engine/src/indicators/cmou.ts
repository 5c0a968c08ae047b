import { defineIndicator, line, talib } from './define.js';
import { chandeMomentum } from './kernel/oscillator.js';
import { period, source } from './params.js';

export const cmouIndicator = defineIndicator({
  id: 'cmou',
  title: 'Chande Momentum Oscillator (sums)',
  group: 'momentum',
  params: { source: source(), period: period(9) },
  outputs: { cmou: line('CMO') },
  levels: [-50, 0, 50],
  formula: '100 · (Σ gains − Σ losses) / (Σ gains + Σ losses), Chande 1994; 0 while nothing moves.',
  pine: ['ta.cmo'],
  talib: talib('CMOU', { timePeriod: 'period' }, { period: 14 }),
  create: (g, p) => ({ cmou: chandeMomentum(g, g.source(p.source), p.period) }),
});
