import { defineMetric } from './metric.js';
import { deviation, mean } from './moments.js';
import { DAYS_MIN } from './run-facts.js';

/** Return above the risk-free one per unit of scatter, scaled to a year. */
export const sharpe = defineMetric({
  id: 'sharpe',
  title: 'Sharpe ratio',
  group: 'risk',
  unit: 'number',
  needs: { days: DAYS_MIN },
  definition: 'Return above the risk-free one per unit of scatter, scaled to a year.',
  formula: '(mean(daily returns) − risk-free) ÷ sample deviation(daily returns) × √365',
  source: 'W. F. Sharpe, "The Sharpe Ratio" (1994); quantstats sharpe',
  calculate: (facts) => ((mean(facts.days) - facts.freePerDay) / deviation(facts.days)) * Math.sqrt(facts.daysPerYear),
});
