import { defineMetric } from './metric.js';
import { deviation, mean } from './moments.js';
import { normalQuantile } from './normal.js';
import { DAYS_MIN, type RunFacts } from './run-facts.js';

const below = ({ days }: RunFacts, share: number): number => mean(days) + normalQuantile(share) * deviation(days);

/** The daily return that one day in twenty would undercut, were the days spread as a normal distribution. */
export const normalValueAtRisk95 = defineMetric({
  id: 'normalValueAtRisk95',
  title: 'Value at risk 95 %, normal',
  group: 'risk',
  unit: 'ratio',
  needs: { days: DAYS_MIN },
  definition: 'The daily return that one day in twenty would undercut, were the days spread as a normal distribution.',
  formula: 'mean(r) + Φ⁻¹(5 %) × sample deviation(r)',
  source: 'quantstats value_at_risk; Lean Value at Risk 95 %',
  calculate: (facts) => below(facts, 0.05),
});

/** The daily return that one day in a hundred would undercut, were the days spread as a normal distribution. */
export const normalValueAtRisk99 = defineMetric({
  id: 'normalValueAtRisk99',
  title: 'Value at risk 99 %, normal',
  group: 'risk',
  unit: 'ratio',
  needs: { days: DAYS_MIN },
  definition:
    'The daily return that one day in a hundred would undercut, were the days spread as a normal distribution.',
  formula: 'mean(r) + Φ⁻¹(1 %) × sample deviation(r)',
  source: 'quantstats value_at_risk; Lean Value at Risk 99 %',
  calculate: (facts) => below(facts, 0.01),
});
