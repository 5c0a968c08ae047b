import { defineMetric } from './metric.js';
import { mean } from './moments.js';

/** Mean depth of all drawdowns, an open one included. */
export const averageDrawdown = defineMetric({
  id: 'averageDrawdown',
  title: 'Average drawdown',
  group: 'drawdown',
  unit: 'ratio',
  needs: {},
  definition: 'Mean depth of all drawdowns, an open one included.',
  formula: 'mean(depth of each drawdown)',
  source: 'backtesting.py Avg. Drawdown',
  calculate: (facts) => mean(facts.drawdowns.map(({ depthRatio }) => depthRatio)),
});
