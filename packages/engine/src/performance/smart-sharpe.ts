import { defineMetric } from './metric.js';
import { autocorrelationPenalty } from './moments.js';
import { DAYS_MIN } from './run-facts.js';
import { sharpe } from './sharpe.js';
import { sortino } from './sortino.js';

/** Sharpe ratio, reduced where gains and losses come in rows. */
export const smartSharpe = defineMetric({
  id: 'smartSharpe',
  title: 'Smart Sharpe',
  group: 'risk',
  unit: 'number',
  needs: { days: DAYS_MIN },
  definition: 'Sharpe ratio, reduced where gains and losses come in rows.',
  formula: 'Sharpe ÷ √(1 + 2 Σ_{k=1}^{n−1} (n − k)/n × |ρ|^k), ρ the correlation of each day with the next',
  source: 'quantstats smart_sharpe (autocorrelation penalty)',
  calculate: (facts) => sharpe.calculate(facts) / autocorrelationPenalty(facts.days),
});

/** Sortino ratio, reduced where gains and losses come in rows. */
export const smartSortino = defineMetric({
  id: 'smartSortino',
  title: 'Smart Sortino',
  group: 'risk',
  unit: 'number',
  needs: { days: DAYS_MIN },
  definition: 'Sortino ratio, reduced where gains and losses come in rows.',
  formula: 'Sortino ÷ the same penalty as Smart Sharpe',
  source: 'quantstats smart_sortino',
  calculate: (facts) => sortino.calculate(facts) / autocorrelationPenalty(facts.days),
});
