import { defineMetric } from './metric.js';
import { DAYS_MIN } from './run-facts.js';

/** The steady yearly growth that would have led to the same end. */
export const cagr = defineMetric({
  id: 'cagr',
  title: 'Annual growth (CAGR)',
  group: 'return',
  unit: 'ratio',
  needs: { days: DAYS_MIN },
  definition: 'The steady yearly growth that would have led to the same end.',
  formula:
    '(last equity ÷ deposit)^(1 ÷ years) − 1, years of calendar time from the open of the first candle to the last point',
  source: 'quantstats cagr',
  // A debt has no steady growth that leads to it, whatever a power of a negative number may be.
  calculate: (facts) => (facts.finalEquity < 0 ? NaN : (facts.finalEquity / facts.cash) ** (1 / facts.years) - 1),
});
