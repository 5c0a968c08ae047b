import { defineMetric } from './metric.js';
import { mean } from './moments.js';

/** Mean value of a finished trade at its entry. */
export const averageStake = defineMetric({
  id: 'averageStake',
  title: 'Mean stake',
  group: 'trades',
  unit: 'quote',
  needs: { trips: 1 },
  definition: 'Mean value of a finished trade at its entry.',
  formula: 'mean(entry price × quantity entered)',
  source: 'freqtrade avg stake amount',
  calculate: (facts) => mean(facts.roundTrips.map(({ entryPrice, quantity }) => entryPrice * quantity)),
});
