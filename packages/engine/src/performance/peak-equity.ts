import { defineMetric } from './metric.js';

/** Highest equity at the close of any candle. */
export const peakEquity = defineMetric({
  id: 'peakEquity',
  title: 'Highest equity',
  group: 'return',
  unit: 'quote',
  needs: { points: 1 },
  definition: 'Highest equity at the close of any candle.',
  formula: 'max(equity)',
  source: 'backtesting.py Equity Peak; freqtrade max balance',
  calculate: (facts) => facts.equityExtremes[1],
});
