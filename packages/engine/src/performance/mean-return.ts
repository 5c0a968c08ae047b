import { defineMetric } from './metric.js';
import { mean } from './moments.js';
import { DAYS_MIN } from './run-facts.js';

/** Mean of the daily returns, days without a trade included. */
export const meanDay = defineMetric({
  id: 'meanDay',
  title: 'Mean day',
  group: 'return',
  unit: 'ratio',
  needs: { days: DAYS_MIN },
  definition: 'Mean of the daily returns, days without a trade included.',
  formula: 'mean(daily returns)',
  source: 'quantstats avg_return; freqtrade avg daily profit',
  calculate: (facts) => mean(facts.days),
});

/** Mean return of the calendar months (UTC), the first and the last counted as far as they go. */
export const meanMonth = defineMetric({
  id: 'meanMonth',
  title: 'Mean month',
  group: 'return',
  unit: 'ratio',
  needs: { months: 3 },
  definition: 'Mean return of the calendar months (UTC), the first and the last counted as far as they go.',
  formula: 'mean(monthly returns)',
  source: 'quantstats expected_return by month (arithmetic here)',
  calculate: (facts) => mean(facts.months),
});
