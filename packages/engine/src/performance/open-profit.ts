import { defineMetric } from './metric.js';
import { sum } from './moments.js';

/** Profit of the trades still open, at the last price, after the fees paid so far. */
export const openProfit = defineMetric({
  id: 'openProfit',
  title: 'Open profit',
  group: 'trades',
  unit: 'quote',
  needs: {},
  definition: 'Profit of the trades still open, at the last price, after the fees paid so far.',
  formula: 'Σ profit of open trades',
  source: 'Jesse open_pl',
  calculate: (facts) => sum(facts.openTrips.map(({ pnl }) => pnl)),
});
