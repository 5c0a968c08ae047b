import { defineIndicator, line, talib } from './define.js';
import { meanDeviation } from './kernel/mean-deviation.js';
import { sma } from './kernel/window-sum.js';
import { period, source } from './params.js';

export const avgdevIndicator = defineIndicator({
  id: 'avgdev',
  title: 'Average Deviation',
  group: 'statistics',
  params: { source: source(), period: period(14) },
  outputs: { avgdev: line('Average deviation') },
  formula: 'Mean distance of the last `period` values from their mean.',
  pine: ['ta.dev'],
  talib: talib('AVGDEV', { timePeriod: 'period' }),
  create: (g, p) => {
    const input = g.source(p.source);
    return { avgdev: meanDeviation(g, input, sma(g, input, p.period), p.period) };
  },
});
