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
