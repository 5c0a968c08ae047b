import { defineMetric } from './metric.js';
import { TRIPS_MIN } from './run-facts.js';

/** Share of the finished trades that lost money after costs. */
export const lossRatio = defineMetric({
  id: 'lossRatio',
  title: 'Loss rate',
  group: 'trades',
  unit: 'ratio',
  needs: { trips: TRIPS_MIN },
  definition: 'Share of the finished trades that lost money after costs.',
  formula: 'losses ÷ trades',
  source: 'Lean Loss Rate',
  calculate: (facts) => facts.losses.length / facts.roundTrips.length,
});
