import { defineMetric } from './metric.js';
import { deviation, mean } from './moments.js';
import { DAYS_MIN } from './run-facts.js';

/** How much the daily difference to the first market scatters, scaled to a year. */
export const trackingError = defineMetric({
  id: 'trackingError',
  title: 'Tracking error',
  group: 'market',
  unit: 'ratio',
  needs: { days: DAYS_MIN },
  definition: 'How much the daily difference to the first market scatters, scaled to a year.',
  formula: 'sample deviation(r − market) × √365',
  source: 'Lean Tracking Error',
  calculate: (facts) => deviation(facts.activeDays) * Math.sqrt(facts.daysPerYear),
});

/** Return above the first market per unit of that difference’s scatter, scaled to a year. */
export const informationRatio = defineMetric({
  id: 'informationRatio',
  title: 'Information ratio',
  group: 'market',
  unit: 'number',
  needs: { days: DAYS_MIN },
  definition: 'Return above the first market per unit of that difference’s scatter, scaled to a year.',
  formula: 'mean(r − market) ÷ sample deviation(r − market) × √365',
  source: 'quantstats information_ratio, which is not annualised',
  calculate: (facts) => (mean(facts.activeDays) / deviation(facts.activeDays)) * Math.sqrt(facts.daysPerYear),
});
