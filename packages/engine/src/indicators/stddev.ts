import { defineIndicator, line, talib } from './define.js';
import { deviation } from './kernel/window-moments.js';
import { number, period, source } from './params.js';

export const stddevIndicator = defineIndicator({
  id: 'stddev',
  title: 'Standard Deviation',
  group: 'statistics',
  params: { source: source(), period: period(20), deviations: number('Deviations', 1, 0.1, 20, 0.1) },
  outputs: { stddev: line('Standard deviation') },
  formula: 'Population standard deviation of the last `period` values, times `deviations`.',
  pine: ['ta.stdev'],
  talib: talib('STDDEV', { timePeriod: 'period', nbDev: 'deviations' }, { period: 5 }),
  create: (g, p) => ({ stddev: deviation(g, g.source(p.source), p.period, p.deviations) }),
});
