import { defineMetric } from './metric.js';

/** Cash plus open positions at the last price. */
export const finalEquity = defineMetric({
  id: 'finalEquity',
  title: 'Final equity',
  group: 'return',
  unit: 'quote',
  needs: { points: 1 },
  definition: 'Cash plus open positions at the last price.',
  formula: 'last point of the equity curve',
  source: 'backtesting.py Equity Final',
  calculate: (facts) => facts.finalEquity,
});
