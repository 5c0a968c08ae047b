import { MS_PER_DAY } from '@wickworks/core';
import { defineMetric } from './metric.js';
import { compounded, type RunFacts } from './run-facts.js';

/** Return of the run's last `months` months, by date; NaN when it is shorter. */
function lastMonths({ days, timesMs }: RunFacts, months: number): number {
  const end = new Date(timesMs.at(-1)! - 1);
  const from = new Date(Date.UTC(end.getUTCFullYear(), end.getUTCMonth() - months + 1, 0));
  // The 31st of May less three months is the last day of February.
  from.setUTCDate(Math.min(from.getUTCDate(), end.getUTCDate()));
  const count = Math.floor(end.getTime() / MS_PER_DAY) - from.getTime() / MS_PER_DAY;
  return count > days.length ? NaN : compounded(days.subarray(days.length - count));
}

/** Return of the calendar month (UTC) in which the run ends. */
export const monthToDate = defineMetric({
  id: 'monthToDate',
  title: 'Last month so far',
  group: 'return',
  unit: 'ratio',
  needs: { months: 1 },
  definition: 'Return of the calendar month (UTC) in which the run ends.',
  formula: 'Π(1 + r) − 1 from the first of the month',
  source: 'quantstats MTD',
  calculate: (facts) => facts.months.at(-1)!,
});

/** Return of the calendar year (UTC) in which the run ends. */
export const yearToDate = defineMetric({
  id: 'yearToDate',
  title: 'Last year so far',
  group: 'return',
  unit: 'ratio',
  needs: { years: 1 },
  definition: 'Return of the calendar year (UTC) in which the run ends.',
  formula: 'Π(1 + r) − 1 from the first of January',
  source: 'quantstats YTD',
  calculate: (facts) => facts.calendarYears.at(-1)!,
});

/** Return of the last three months of the run. */
export const last3Months = defineMetric({
  id: 'last3Months',
  title: 'Last three months',
  group: 'return',
  unit: 'ratio',
  needs: { days: 1 },
  definition: 'Return of the last three months of the run.',
  formula: 'Π(1 + r) − 1 from the day after the same date three months before',
  source: 'quantstats 3M',
  calculate: (facts) => lastMonths(facts, 3),
});

/** Return of the last six months of the run. */
export const last6Months = defineMetric({
  id: 'last6Months',
  title: 'Last six months',
  group: 'return',
  unit: 'ratio',
  needs: { days: 1 },
  definition: 'Return of the last six months of the run.',
  formula: 'Π(1 + r) − 1 from the day after the same date six months before',
  source: 'quantstats 6M',
  calculate: (facts) => lastMonths(facts, 6),
});

/** Return of the last twelve months of the run. */
export const last12Months = defineMetric({
  id: 'last12Months',
  title: 'Last twelve months',
  group: 'return',
  unit: 'ratio',
  needs: { days: 1 },
  definition: 'Return of the last twelve months of the run.',
  formula: 'Π(1 + r) − 1 from the day after the same date twelve months before',
  source: 'quantstats 1Y',
  calculate: (facts) => lastMonths(facts, 12),
});

/** Steady yearly return of the last three years of the run. */
export const last36MonthsPerYear = defineMetric({
  id: 'last36MonthsPerYear',
  title: 'Last three years, a year',
  group: 'return',
  unit: 'ratio',
  needs: { days: 1 },
  definition: 'Steady yearly return of the last three years of the run.',
  formula: '(Π(1 + r))^(1 ÷ 3) − 1 from the day after the same date three years before',
  source: 'quantstats 3Y (ann.)',
  calculate: (facts) => (1 + lastMonths(facts, 36)) ** (1 / 3) - 1,
});
