import { defineIndicator, line, talib } from './define.js';
import { deviation, ofSample } from './kernel/window-moments.js';
import { flag, number, period, source } from './params.js';

export const stddevIndicator = defineIndicator({
  id: 'stddev',
  title: 'Standard Deviation',
  group: 'statistics',
  params: {
    source: source(),
    period: period(20),
    deviations: number('Deviations', 1, 0.1, 20, 0.1),
    sample: flag('Of a sample', false),
  },
  outputs: { stddev: line('Standard deviation') },
  formula:
    'Population standard deviation of the last `period` values, times `deviations`; `sample` divides by period − 1.',
  pine: ['ta.stdev'],
  talib: talib('STDDEV', { timePeriod: 'period', nbDev: 'deviations' }, { period: 5 }),
  create: (g, p) => ({
    stddev: deviation(g, g.source(p.source), p.period, p.deviations * Math.sqrt(p.sample ? ofSample(p.period) : 1)),
  }),
});
