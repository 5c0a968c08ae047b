import { defineMetric } from './metric.js';

/** The steady yearly growth that would have led to the same end. */
export const cagr = defineMetric({
  id: 'cagr',
  title: 'Annual growth (CAGR)',
  group: 'return',
  unit: 'ratio',
  needs: { days: 1, points: 1 },
  definition: 'The steady yearly growth that would have led to the same end.',
  formula:
    '(last equity ÷ deposit)^(1 ÷ years) − 1, years of calendar time from the open of the first candle to the last point',
  source: 'quantstats cagr',
  calculate: (facts) => (facts.finalEquity / facts.cash) ** (1 / facts.years) - 1,
});
