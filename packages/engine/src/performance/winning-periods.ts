import { defineMetric } from './metric.js';
import { shareAbove } from './moments.js';
import { DAYS_MIN } from './run-facts.js';

/** Share of the days with any change that ended higher. */
export const winningDays = defineMetric({
  id: 'winningDays',
  title: 'Winning days',
  group: 'return',
  unit: 'ratio',
  needs: { days: DAYS_MIN },
  definition: 'Share of the days with any change that ended higher.',
  formula: 'days above 0 ÷ days other than 0',
  source: 'quantstats win_rate by day',
  calculate: (facts) => shareAbove(facts.days),
});

/** Share of the months with any change that ended higher. */
export const winningMonths = defineMetric({
  id: 'winningMonths',
  title: 'Winning months',
  group: 'return',
  unit: 'ratio',
  needs: { months: 3 },
  definition: 'Share of the months with any change that ended higher.',
  formula: 'months above 0 ÷ months other than 0',
  source: 'quantstats win_rate by month',
  calculate: (facts) => shareAbove(facts.months),
});

/** Share of the calendar quarters with any change that ended higher. */
export const winningQuarters = defineMetric({
  id: 'winningQuarters',
  title: 'Winning quarters',
  group: 'return',
  unit: 'ratio',
  needs: { quarters: 3 },
  definition: 'Share of the calendar quarters with any change that ended higher.',
  formula: 'quarters above 0 ÷ quarters other than 0',
  source: 'quantstats win_rate by quarter',
  calculate: (facts) => shareAbove(facts.quarters),
});

/** Share of the calendar years with any change that ended higher. */
export const winningYears = defineMetric({
  id: 'winningYears',
  title: 'Winning years',
  group: 'return',
  unit: 'ratio',
  needs: { years: 3 },
  definition: 'Share of the calendar years with any change that ended higher.',
  formula: 'years above 0 ÷ years other than 0',
  source: 'quantstats win_rate by year',
  calculate: (facts) => shareAbove(facts.calendarYears),
});
