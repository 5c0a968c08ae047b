import { defineMetric } from './metric.js';
import { meanBelow, quantileOf } from './moments.js';
import { DAYS_MIN } from './run-facts.js';

/** The daily return that only one day in twenty undercuts. */
export const valueAtRisk95 = defineMetric({
  id: 'valueAtRisk95',
  title: 'Value at risk 95 %',
  group: 'risk',
  unit: 'ratio',
  needs: { days: DAYS_MIN },
  definition: 'The daily return that only one day in twenty undercuts.',
  formula: '5 % quantile of the daily returns (linear between neighbours)',
  source: 'historical value at risk; empyrical value_at_risk',
  calculate: (facts) => quantileOf(facts.days, 0.05),
});

/** Mean of the days at or below the 95 % value at risk. */
export const conditionalValueAtRisk95 = defineMetric({
  id: 'conditionalValueAtRisk95',
  title: 'Expected shortfall 95 %',
  group: 'risk',
  unit: 'ratio',
  needs: { days: DAYS_MIN },
  definition: 'Mean of the days at or below the 95 % value at risk.',
  formula: 'mean(daily returns ≤ VaR 95 %)',
  source: 'empyrical conditional_value_at_risk (it takes the lowest ⌊(n − 1) × 5 %⌋ + 1 days)',
  calculate: (facts) => meanBelow(facts.days, quantileOf(facts.days, 0.05)),
});

/** The daily return that only one day in a hundred undercuts. */
export const valueAtRisk99 = defineMetric({
  id: 'valueAtRisk99',
  title: 'Value at risk 99 %',
  group: 'risk',
  unit: 'ratio',
  needs: { days: 100 },
  definition: 'The daily return that only one day in a hundred undercuts.',
  formula: '1 % quantile of the daily returns (linear between neighbours)',
  source: 'historical value at risk',
  calculate: (facts) => quantileOf(facts.days, 0.01),
});

/** Mean of the days at or below the 99 % value at risk. */
export const conditionalValueAtRisk99 = defineMetric({
  id: 'conditionalValueAtRisk99',
  title: 'Expected shortfall 99 %',
  group: 'risk',
  unit: 'ratio',
  needs: { days: 100 },
  definition: 'Mean of the days at or below the 99 % value at risk.',
  formula: 'mean(daily returns ≤ VaR 99 %)',
  source: 'empyrical conditional_value_at_risk',
  calculate: (facts) => meanBelow(facts.days, quantileOf(facts.days, 0.01)),
});
