import { defineMetric } from './metric.js';
import { beta } from './beta.js';
import { mean } from './moments.js';
import { DAYS_MIN } from './run-facts.js';

/** Yearly return that the market’s movement does not explain. */
export const alpha = defineMetric({
  id: 'alpha',
  title: 'Alpha',
  group: 'market',
  unit: 'ratio',
  needs: { days: DAYS_MIN },
  definition: 'Yearly return that the market’s movement does not explain.',
  formula: '(mean(r) − risk-free − β × (mean(market) − risk-free)) × 365, daily returns',
  source: 'M. C. Jensen (1968); quantstats greeks',
  calculate: (facts) => {
    const free = facts.freePerDay;
    const explained = beta.calculate(facts) * (mean(facts.marketDays) - free);
    return (mean(facts.days) - free - explained) * facts.daysPerYear;
  },
});
