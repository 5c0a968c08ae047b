import { defineMetric } from './metric.js';
import { extremesOf, mean, quantileOf } from './moments.js';
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

/** Time from entry to exit that half of the trades stay below. */
export const medianTripMs = defineMetric({
  id: 'medianTripMs',
  title: 'Median time in a trade',
  group: 'trades',
  unit: 'ms',
  needs: { trips: 1 },
  definition: 'Time from entry to exit that half of the trades stay below.',
  formula: 'median(exit − entry)',
  source: 'Lean MedianTradeDuration',
  calculate: (facts) => quantileOf(facts.roundTrips.map(durationOf), 0.5),
});

/** Shortest time from entry to exit. */
export const shortestTripMs = defineMetric({
  id: 'shortestTripMs',
  title: 'Shortest trade',
  group: 'trades',
  unit: 'ms',
  needs: { trips: 1 },
  definition: 'Shortest time from entry to exit.',
  formula: 'min(exit − entry)',
  source: 'Wickworks',
  calculate: (facts) => extremesOf(facts.roundTrips.map(durationOf))[0],
});

/** Longest time from entry to exit of a winning trade. */
export const longestWinMs = defineMetric({
  id: 'longestWinMs',
  title: 'Longest win',
  group: 'trades',
  unit: 'ms',
  needs: {},
  definition: 'Longest time from entry to exit of a winning trade.',
  formula: 'max(exit − entry), profit above 0',
  source: 'freqtrade max duration winners',
  calculate: (facts) => extremesOf(facts.roundTrips.filter(({ pnl }) => pnl > 0).map(durationOf))[1],
});

/** Shortest time from entry to exit of a winning trade. */
export const shortestWinMs = defineMetric({
  id: 'shortestWinMs',
  title: 'Shortest win',
  group: 'trades',
  unit: 'ms',
  needs: {},
  definition: 'Shortest time from entry to exit of a winning trade.',
  formula: 'min(exit − entry), profit above 0',
  source: 'freqtrade min duration winners',
  calculate: (facts) => extremesOf(facts.roundTrips.filter(({ pnl }) => pnl > 0).map(durationOf))[0],
});

/** Longest time from entry to exit of a losing trade. */
export const longestLossMs = defineMetric({
  id: 'longestLossMs',
  title: 'Longest loss',
  group: 'trades',
  unit: 'ms',
  needs: {},
  definition: 'Longest time from entry to exit of a losing trade.',
  formula: 'max(exit − entry), profit below 0',
  source: 'freqtrade max duration losers',
  calculate: (facts) => extremesOf(facts.roundTrips.filter(({ pnl }) => pnl < 0).map(durationOf))[1],
});

/** Shortest time from entry to exit of a losing trade. */
export const shortestLossMs = defineMetric({
  id: 'shortestLossMs',
  title: 'Shortest loss',
  group: 'trades',
  unit: 'ms',
  needs: {},
  definition: 'Shortest time from entry to exit of a losing trade.',
  formula: 'min(exit − entry), profit below 0',
  source: 'freqtrade min duration losers',
  calculate: (facts) => extremesOf(facts.roundTrips.filter(({ pnl }) => pnl < 0).map(durationOf))[0],
});
