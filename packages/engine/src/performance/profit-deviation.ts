import { defineMetric } from './metric.js';
import { deviation } from './moments.js';
import { TRIPS_MIN } from './run-facts.js';

/** How much the profits of the trades scatter. */
export const profitDeviation = defineMetric({
  id: 'profitDeviation',
  title: 'Scatter of profits',
  group: 'trades',
  unit: 'quote',
  needs: { trips: TRIPS_MIN },
  definition: 'How much the profits of the trades scatter.',
  formula: 'sample deviation(profit)',
  source: 'Lean ProfitLossStandardDeviation',
  calculate: (facts) => deviation(facts.roundTrips.map(({ pnl }) => pnl)),
});
