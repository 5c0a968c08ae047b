import { defineMetric } from './metric.js';

/** Return of buying the first market at its first open and holding it to the last close, without costs. */
export const buyAndHold = defineMetric({
  id: 'buyAndHold',
  title: 'Buy and hold',
  group: 'return',
  unit: 'ratio',
  needs: {},
  definition: 'Return of buying the first market at its first open and holding it to the last close, without costs.',
  formula: 'last close ÷ first open − 1',
  source: 'backtesting.py Buy & Hold Return; freqtrade Market change',
  calculate: (facts) => (facts.benchmark === null ? NaN : facts.benchmark.last / facts.benchmark.first - 1),
});
