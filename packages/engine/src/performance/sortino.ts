import { defineMetric } from './metric.js';
import { mean } from './moments.js';
import { DAYS_MIN } from './run-facts.js';

/** As Sharpe, but only falls count as risk. */
export const sortino = defineMetric({
  id: 'sortino',
  title: 'Sortino ratio',
  group: 'risk',
  unit: 'number',
  needs: { days: DAYS_MIN },
  definition: 'As Sharpe, but only falls count as risk.',
  formula:
    '(mean(daily returns) − risk-free) ÷ √(mean of squared shortfalls below the risk-free return, all days counted) × √365',
  source: 'F. A. Sortino and L. N. Price (1994); quantstats sortino',
  calculate: (facts) => {
    const free = facts.freePerDay;
    const shortfall = Math.sqrt(mean(facts.days.map((value) => Math.min(0, value - free) ** 2)));
    return ((mean(facts.days) - free) / shortfall) * Math.sqrt(facts.daysPerYear);
  },
});
