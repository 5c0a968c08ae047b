import { defineMetric } from './metric.js';
import { sum } from './moments.js';
import { DAYS_MIN } from './run-facts.js';
import { tailRatio } from './tail-ratio.js';

/** Sum of daily gains per losses, times the tail ratio: below 1 it loses. */
export const commonSenseRatio = defineMetric({
  id: 'commonSenseRatio',
  title: 'Common sense ratio',
  group: 'risk',
  unit: 'number',
  needs: { days: DAYS_MIN },
  definition: 'Sum of daily gains per losses, times the tail ratio: below 1 it loses.',
  formula: '(Σ r above 0 ÷ |Σ r below 0|) × tail ratio',
  source: 'quantstats common_sense_ratio',
  calculate: (facts) => {
    const gains = sum(facts.days.map((value) => Math.max(0, value)));
    const losses = -sum(facts.days.map((value) => Math.min(0, value)));
    return (gains / losses) * tailRatio.calculate(facts);
  },
});
