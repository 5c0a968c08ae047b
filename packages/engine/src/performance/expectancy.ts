import { defineMetric } from './metric.js';
import { mean } from './moments.js';
import { TRIPS_MIN } from './run-facts.js';

/** Mean return of the finished trades, of the money entered. */
export const expectancy = defineMetric({
  id: 'expectancy',
  title: 'Mean trade',
  group: 'trades',
  unit: 'ratio',
  needs: { trips: TRIPS_MIN },
  definition: 'Mean return of the finished trades, of the money entered.',
  formula: 'mean(profit ÷ notional entered)',
  source: 'backtesting.py Expectancy',
  calculate: (facts) => mean(facts.roundTrips.map(({ returnRatio }) => returnRatio)),
});

/** Mean return of the long trades, of the money entered. */
export const expectancyLong = defineMetric({
  id: 'expectancyLong',
  title: 'Mean trade, long',
  group: 'trades',
  unit: 'ratio',
  needs: { trips: TRIPS_MIN, of: 'long' },
  definition: 'Mean return of the long trades, of the money entered.',
  formula: 'mean(profit ÷ notional entered)',
  source: 'backtesting.py Expectancy',
  calculate: (facts) => mean(facts.tripsOf('long').map(({ returnRatio }) => returnRatio)),
});

/** Mean return of the short trades, of the money entered. */
export const expectancyShort = defineMetric({
  id: 'expectancyShort',
  title: 'Mean trade, short',
  group: 'trades',
  unit: 'ratio',
  needs: { trips: TRIPS_MIN, of: 'short' },
  definition: 'Mean return of the short trades, of the money entered.',
  formula: 'mean(profit ÷ notional entered)',
  source: 'backtesting.py Expectancy',
  calculate: (facts) => mean(facts.tripsOf('short').map(({ returnRatio }) => returnRatio)),
});
