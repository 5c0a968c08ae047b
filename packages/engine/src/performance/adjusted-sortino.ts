import { defineMetric } from './metric.js';
import { DAYS_MIN } from './run-facts.js';
import { smartSortino } from './smart-sharpe.js';
import { sortino } from './sortino.js';

/** Sortino ratio on the scale of the Sharpe ratio: equal to it where rises and falls are alike. */
export const adjustedSortino = defineMetric({
  id: 'adjustedSortino',
  title: 'Sortino ÷ √2',
  group: 'risk',
  unit: 'number',
  needs: { days: DAYS_MIN },
  definition: 'Sortino ratio on the scale of the Sharpe ratio: equal to it where rises and falls are alike.',
  formula: 'Sortino ÷ √2',
  source: 'quantstats adjusted_sortino',
  calculate: (facts) => sortino.calculate(facts) / Math.SQRT2,
});

/** Smart Sortino on the scale of the Sharpe ratio. */
export const smartAdjustedSortino = defineMetric({
  id: 'smartAdjustedSortino',
  title: 'Smart Sortino ÷ √2',
  group: 'risk',
  unit: 'number',
  needs: { days: DAYS_MIN },
  definition: 'Smart Sortino on the scale of the Sharpe ratio.',
  formula: 'Smart Sortino ÷ √2',
  source: 'quantstats Smart Sortino/√2',
  calculate: (facts) => smartSortino.calculate(facts) / Math.SQRT2,
});
