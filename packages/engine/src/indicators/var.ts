import { defineIndicator, line, talib } from './define.js';
import { windowMoments } from './kernel/window-moments.js';
import { number, period, source } from './params.js';

export const varIndicator = defineIndicator({
  id: 'var',
  title: 'Variance',
  group: 'statistics',
  params: { source: source(), period: period(20), deviations: number('Deviations (unused)', 1, 0.1, 20, 0.1) },
  outputs: { variance: line('Variance') },
  formula: 'Population variance of the last `period` values. As in TA-Lib, `deviations` changes nothing.',
  pine: ['ta.variance'],
  talib: talib('VAR', { timePeriod: 'period', nbDev: 'deviations' }, { period: 5 }),
  create: (g, p) => ({ variance: windowMoments(g, g.source(p.source), p.period).variance }),
});
