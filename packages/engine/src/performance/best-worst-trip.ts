import { defineMetric } from './metric.js';
import { extremesOf } from './moments.js';

/** Highest return of a finished trade. */
export const bestTrip = defineMetric({
  id: 'bestTrip',
  title: 'Best trade',
  group: 'trades',
  unit: 'ratio',
  needs: { trips: 1 },
  definition: 'Highest return of a finished trade.',
  formula: 'max(profit ÷ notional entered)',
  source: 'backtesting.py Best Trade',
  calculate: (facts) => extremesOf(facts.roundTrips.map(({ returnRatio }) => returnRatio))[1],
});

/** Lowest return of a finished trade. */
export const worstTrip = defineMetric({
  id: 'worstTrip',
  title: 'Worst trade',
  group: 'trades',
  unit: 'ratio',
  needs: { trips: 1 },
  definition: 'Lowest return of a finished trade.',
  formula: 'min(profit ÷ notional entered)',
  source: 'backtesting.py Worst Trade',
  calculate: (facts) => extremesOf(facts.roundTrips.map(({ returnRatio }) => returnRatio))[0],
});

/** Highest profit of a finished trade. */
export const largestWin = defineMetric({
  id: 'largestWin',
  title: 'Largest win',
  group: 'trades',
  unit: 'quote',
  needs: {},
  definition: 'Highest profit of a finished trade.',
  formula: 'max(profit)',
  source: 'Jesse largest_winning_trade',
  calculate: (facts) => extremesOf(facts.wins)[1],
});

/** Lowest result of a finished trade, a negative number. */
export const largestLoss = defineMetric({
  id: 'largestLoss',
  title: 'Largest loss',
  group: 'trades',
  unit: 'quote',
  needs: {},
  definition: 'Lowest result of a finished trade, a negative number.',
  formula: 'min(profit)',
  source: 'Jesse largest_losing_trade',
  calculate: (facts) => extremesOf(facts.losses)[0],
});
