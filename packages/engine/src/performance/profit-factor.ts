import { defineMetric } from './metric.js';
import { sum } from './moments.js';
import { TRIPS_MIN } from './run-facts.js';

/** Money won per money lost. */
export const profitFactor = defineMetric({
  id: 'profitFactor',
  title: 'Profit factor',
  group: 'trades',
  unit: 'number',
  needs: { trips: TRIPS_MIN },
  definition: 'Money won per money lost.',
  formula: 'gross profit ÷ |gross loss|',
  source: 'freqtrade profit factor',
  calculate: (facts) => sum(facts.wins) / -sum(facts.losses),
});
