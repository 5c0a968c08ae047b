import { defineMetric } from './metric.js';
import { extremesOf } from './moments.js';
import { DAYS_MIN } from './run-facts.js';

/** Highest daily return. */
export const bestDay = defineMetric({
  id: 'bestDay',
  title: 'Best day',
  group: 'return',
  unit: 'ratio',
  needs: { days: DAYS_MIN },
  definition: 'Highest daily return.',
  formula: 'max(daily returns)',
  source: 'quantstats best; freqtrade best day',
  calculate: (facts) => extremesOf(facts.days)[1],
});

/** Lowest daily return. */
export const worstDay = defineMetric({
  id: 'worstDay',
  title: 'Worst day',
  group: 'return',
  unit: 'ratio',
  needs: { days: DAYS_MIN },
  definition: 'Lowest daily return.',
  formula: 'min(daily returns)',
  source: 'quantstats worst; freqtrade worst day',
  calculate: (facts) => extremesOf(facts.days)[0],
});

/** Highest monthly return. */
export const bestMonth = defineMetric({
  id: 'bestMonth',
  title: 'Best month',
  group: 'return',
  unit: 'ratio',
  needs: { months: 3 },
  definition: 'Highest monthly return.',
  formula: 'max(monthly returns)',
  source: 'quantstats best by month',
  calculate: (facts) => extremesOf(facts.months)[1],
});

/** Lowest monthly return. */
export const worstMonth = defineMetric({
  id: 'worstMonth',
  title: 'Worst month',
  group: 'return',
  unit: 'ratio',
  needs: { months: 3 },
  definition: 'Lowest monthly return.',
  formula: 'min(monthly returns)',
  source: 'quantstats worst by month',
  calculate: (facts) => extremesOf(facts.months)[0],
});

/** Highest return of a calendar year (UTC), the first and the last counted as far as they go. */
export const bestYear = defineMetric({
  id: 'bestYear',
  title: 'Best year',
  group: 'return',
  unit: 'ratio',
  needs: { years: 2 },
  definition: 'Highest return of a calendar year (UTC), the first and the last counted as far as they go.',
  formula: 'max(yearly returns)',
  source: 'quantstats best by year',
  calculate: (facts) => extremesOf(facts.calendarYears)[1],
});

/** Lowest return of a calendar year. */
export const worstYear = defineMetric({
  id: 'worstYear',
  title: 'Worst year',
  group: 'return',
  unit: 'ratio',
  needs: { years: 2 },
  definition: 'Lowest return of a calendar year.',
  formula: 'min(yearly returns)',
  source: 'quantstats worst by year',
  calculate: (facts) => extremesOf(facts.calendarYears)[0],
});
