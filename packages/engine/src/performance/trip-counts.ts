import { defineMetric } from './metric.js';

/** Finished trades: from flat to flat in one market. */
export const roundTrips = defineMetric({
  id: 'roundTrips',
  title: 'Trades',
  group: 'trades',
  unit: 'count',
  needs: {},
  definition: 'Finished trades: from flat to flat in one market.',
  formula: 'count',
  source: 'all of them',
  calculate: (facts) => facts.roundTrips.length,
});

/** Finished trades that bought first. */
export const longTrips = defineMetric({
  id: 'longTrips',
  title: 'Long trades',
  group: 'trades',
  unit: 'count',
  needs: {},
  definition: 'Finished trades that bought first.',
  formula: 'count',
  source: 'Jesse longs_count',
  calculate: (facts) => facts.tripsOf('long').length,
});

/** Finished trades that sold first. */
export const shortTrips = defineMetric({
  id: 'shortTrips',
  title: 'Short trades',
  group: 'trades',
  unit: 'count',
  needs: {},
  definition: 'Finished trades that sold first.',
  formula: 'count',
  source: 'Jesse shorts_count',
  calculate: (facts) => facts.tripsOf('short').length,
});

/** Trades still open at the end of the data. */
export const openTrips = defineMetric({
  id: 'openTrips',
  title: 'Open trades',
  group: 'trades',
  unit: 'count',
  needs: {},
  definition: 'Trades still open at the end of the data.',
  formula: 'count',
  source: 'Jesse total_open_trades',
  calculate: (facts) => facts.openTrips.length,
});

/** Finished trades by day of the run. */
export const tripsPerDay = defineMetric({
  id: 'tripsPerDay',
  title: 'Trades a day',
  group: 'trades',
  unit: 'number',
  needs: { days: 1 },
  definition: 'Finished trades by day of the run.',
  formula: 'trades ÷ days',
  source: 'freqtrade Total/Daily Avg Trades',
  calculate: (facts) => facts.roundTrips.length / facts.days.length,
});
