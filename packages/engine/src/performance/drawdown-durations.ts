import { defineMetric } from './metric.js';
import { mean } from './moments.js';

/** Longest time from a peak until equity was back there; one still open counts up to the end. */
export const longestDrawdownMs = defineMetric({
  id: 'longestDrawdownMs',
  title: 'Longest drawdown',
  group: 'drawdown',
  unit: 'ms',
  needs: {},
  definition: 'Longest time from a peak until equity was back there; one still open counts up to the end.',
  formula: 'max(recovered − peak)',
  source: 'backtesting.py Max. Drawdown Duration',
  calculate: (facts) => facts.drawdowns.reduce((most, { durationMs }) => Math.max(most, durationMs), -Infinity),
});

/** Mean time from a peak until equity was back there. */
export const averageDrawdownMs = defineMetric({
  id: 'averageDrawdownMs',
  title: 'Average drawdown time',
  group: 'drawdown',
  unit: 'ms',
  needs: {},
  definition: 'Mean time from a peak until equity was back there.',
  formula: 'mean(recovered − peak)',
  source: 'backtesting.py Avg. Drawdown Duration',
  calculate: (facts) => mean(facts.drawdowns.map(({ durationMs }) => durationMs)),
});
