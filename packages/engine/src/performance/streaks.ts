import { defineMetric } from './metric.js';
import { longestRow } from './run-facts.js';

/** Most winning trades in a row, by exit. */
export const longestWinStreak = defineMetric({
  id: 'longestWinStreak',
  title: 'Longest winning streak',
  group: 'trades',
  unit: 'count',
  needs: {},
  definition: 'Most winning trades in a row, by exit.',
  formula: 'longest row of profits above 0',
  source: 'Jesse winning_streak; freqtrade max consecutive wins',
  calculate: (facts) => longestRow(facts.roundTrips, ({ pnl }) => pnl > 0),
});

/** Most losing trades in a row, by exit. */
export const longestLossStreak = defineMetric({
  id: 'longestLossStreak',
  title: 'Longest losing streak',
  group: 'trades',
  unit: 'count',
  needs: {},
  definition: 'Most losing trades in a row, by exit.',
  formula: 'longest row of profits below 0',
  source: 'Jesse losing_streak; freqtrade max consecutive losses',
  calculate: (facts) => longestRow(facts.roundTrips, ({ pnl }) => pnl < 0),
});
