import { defineIndicator, line, talib } from './define.js';
import { map } from './kernel/arithmetic.js';
import { ofSample, windowMoments } from './kernel/window-moments.js';
import { flag, number, period, source } from './params.js';

export const varIndicator = defineIndicator({
  id: 'var',
  title: 'Variance',
  group: 'statistics',
  params: {
    source: source(),
    period: period(20),
    deviations: number('Deviations (unused)', 1, 0.1, 20, 0.1),
    sample: flag('Of a sample', false),
  },
  outputs: { variance: line('Variance') },
  formula:
    'Population variance of the last `period` values; `sample` divides by period − 1. As in TA-Lib, `deviations` changes nothing.',
  pine: ['ta.variance'],
  talib: talib('VAR', { timePeriod: 'period', nbDev: 'deviations' }, { period: 5 }),
  create: (g, p) => {
    const { variance } = windowMoments(g, g.source(p.source), p.period);
    if (!p.sample) return { variance };
    const factor = ofSample(p.period);
    return { variance: map(g, variance, (value) => value * factor) };
  },
});
