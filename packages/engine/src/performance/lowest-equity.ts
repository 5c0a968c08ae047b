import { defineMetric } from './metric.js';

/** Lowest equity at the close of any candle. */
export const lowestEquity = defineMetric({
  id: 'lowestEquity',
  title: 'Lowest equity',
  group: 'return',
  unit: 'quote',
  needs: { points: 1 },
  definition: 'Lowest equity at the close of any candle.',
  formula: 'min(equity)',
  source: 'freqtrade min balance',
  calculate: (facts) => facts.equityExtremes[0],
});
