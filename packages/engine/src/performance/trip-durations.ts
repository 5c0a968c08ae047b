import { defineMetric } from './metric.js';
import { extremesOf, mean } from './moments.js';
import { durationOf } from './run-facts.js';

/** Mean time from entry to exit, by the opens of their candles. */
export const meanTripMs = defineMetric({
  id: 'meanTripMs',
  title: 'Mean time in a trade',
  group: 'trades',
  unit: 'ms',
  needs: {},
  definition: 'Mean time from entry to exit, by the opens of their candles.',
  formula: 'mean(exit − entry)',
  source: 'backtesting.py Avg. Trade Duration',
  calculate: (facts) => mean(facts.roundTrips.map(durationOf)),
});

/** Longest time from entry to exit. */
export const longestTripMs = defineMetric({
  id: 'longestTripMs',
  title: 'Longest trade',
  group: 'trades',
  unit: 'ms',
  needs: { trips: 1 },
  definition: 'Longest time from entry to exit.',
  formula: 'max(exit − entry)',
  source: 'backtesting.py Max. Trade Duration',
  calculate: (facts) => extremesOf(facts.roundTrips.map(durationOf))[1],
});

/** Mean time from entry to exit of the winning trades. */
export const meanWinMs = defineMetric({
  id: 'meanWinMs',
  title: 'Mean time in a win',
  group: 'trades',
  unit: 'ms',
  needs: {},
  definition: 'Mean time from entry to exit of the winning trades.',
  formula: 'mean(exit − entry), profit above 0',
  source: 'freqtrade Avg. Duration Winners; Jesse average_winning_holding_period',
  calculate: (facts) => mean(facts.roundTrips.filter(({ pnl }) => pnl > 0).map(durationOf)),
});

/** Mean time from entry to exit of the losing trades. */
export const meanLossMs = defineMetric({
  id: 'meanLossMs',
  title: 'Mean time in a loss',
  group: 'trades',
  unit: 'ms',
  needs: {},
  definition: 'Mean time from entry to exit of the losing trades.',
  formula: 'mean(exit − entry), profit below 0',
  source: 'freqtrade Avg. Duration Loser; Jesse average_losing_holding_period',
  calculate: (facts) => mean(facts.roundTrips.filter(({ pnl }) => pnl < 0).map(durationOf)),
});
