import { defineMetric } from './metric.js';
import { sum } from './moments.js';
import { DAYS_MIN } from './run-facts.js';

/** Sum of the daily gains per unit of daily losses. */
export const omega = defineMetric({
  id: 'omega',
  title: 'Omega ratio',
  group: 'risk',
  unit: 'number',
  needs: { days: DAYS_MIN },
  definition: 'Sum of the daily gains per unit of daily losses.',
  formula: 'Σ max(0, r − risk-free) ÷ Σ max(0, risk-free − r)',
  source: 'C. Keating and W. F. Shadwick (2002); quantstats omega',
  calculate: (facts) => {
    const free = facts.freePerDay;
    const gains = sum(facts.days.map((value) => Math.max(0, value - free)));
    return gains / sum(facts.days.map((value) => Math.max(0, free - value)));
  },
});
