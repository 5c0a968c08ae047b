import { defineMetric } from './metric.js';
import { mean } from './moments.js';
import { DAYS_MIN } from './run-facts.js';

/** How far the losing days fall, scaled to a year; all days counted. */
export const downsideDeviation = defineMetric({
  id: 'downsideDeviation',
  title: 'Downside volatility',
  group: 'risk',
  unit: 'ratio',
  needs: { days: DAYS_MIN },
  definition: 'How far the losing days fall, scaled to a year; all days counted.',
  formula: '√(mean of min(0, r)²) × √365',
  source: 'empyrical downside_risk',
  calculate: (facts) =>
    Math.sqrt(mean(facts.days.map((value) => Math.min(0, value) ** 2))) * Math.sqrt(facts.daysPerYear),
});
