import { defineMetric } from './metric.js';
import { DAYS_MIN, longestRow } from './run-facts.js';

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

/** Most days in a row that ended higher. */
export const longestWinningDays = defineMetric({
  id: 'longestWinningDays',
  title: 'Most winning days in a row',
  group: 'return',
  unit: 'count',
  needs: { days: DAYS_MIN },
  definition: 'Most days in a row that ended higher.',
  formula: 'longest row of daily returns above 0',
  source: 'quantstats consecutive_wins',
  calculate: (facts) => longestRow(facts.days, (value) => value > 0),
});

/** Most days in a row that ended lower. */
export const longestLosingDays = defineMetric({
  id: 'longestLosingDays',
  title: 'Most losing days in a row',
  group: 'return',
  unit: 'count',
  needs: { days: DAYS_MIN },
  definition: 'Most days in a row that ended lower.',
  formula: 'longest row of daily returns below 0',
  source: 'quantstats consecutive_losses',
  calculate: (facts) => longestRow(facts.days, (value) => value < 0),
});

/** Winning (above 0) or losing (below 0) trades in a row at the end, by exit. */
export const currentStreak = defineMetric({
  id: 'currentStreak',
  title: 'Streak at the end',
  group: 'trades',
  unit: 'count',
  needs: {},
  definition: 'Winning (above 0) or losing (below 0) trades in a row at the end, by exit.',
  formula: 'the last row of one sign, with that sign; 0 after a trade that made nothing',
  source: 'Jesse current_streak',
  calculate: (facts) => {
    const sign = Math.sign(facts.roundTrips.at(-1)?.pnl ?? 0);
    const before = facts.roundTrips.findLastIndex(({ pnl }) => Math.sign(pnl) !== sign);
    return sign * (facts.roundTrips.length - 1 - before);
  },
});
