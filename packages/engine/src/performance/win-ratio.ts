import { defineMetric } from './metric.js';
import { TRIPS_MIN } from './run-facts.js';

/** Share of the finished trades that made money after costs; a zero is no win. */
export const winRatio = defineMetric({
  id: 'winRatio',
  title: 'Win rate',
  group: 'trades',
  unit: 'ratio',
  needs: { trips: TRIPS_MIN },
  definition: 'Share of the finished trades that made money after costs; a zero is no win.',
  formula: 'wins ÷ trades',
  source: 'Jesse win_rate; backtesting.py Win Rate',
  calculate: (facts) => facts.roundTrips.filter(({ pnl }) => pnl > 0).length / facts.roundTrips.length,
});

/** Share of the long trades that made money after costs; a zero is no win. */
export const winRatioLong = defineMetric({
  id: 'winRatioLong',
  title: 'Win rate, long',
  group: 'trades',
  unit: 'ratio',
  needs: { trips: TRIPS_MIN, of: 'long' },
  definition: 'Share of the long trades that made money after costs; a zero is no win.',
  formula: 'wins ÷ trades',
  source: 'Jesse win_rate; backtesting.py Win Rate',
  calculate: (facts) => facts.tripsOf('long').filter(({ pnl }) => pnl > 0).length / facts.tripsOf('long').length,
});

/** Share of the short trades that made money after costs; a zero is no win. */
export const winRatioShort = defineMetric({
  id: 'winRatioShort',
  title: 'Win rate, short',
  group: 'trades',
  unit: 'ratio',
  needs: { trips: TRIPS_MIN, of: 'short' },
  definition: 'Share of the short trades that made money after costs; a zero is no win.',
  formula: 'wins ÷ trades',
  source: 'Jesse win_rate; backtesting.py Win Rate',
  calculate: (facts) => facts.tripsOf('short').filter(({ pnl }) => pnl > 0).length / facts.tripsOf('short').length,
});
