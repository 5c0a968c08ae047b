import { defineMetric } from './metric.js';
import { deviation, mean } from './moments.js';
import { upperTail } from './normal.js';
import { TRIPS_MIN } from './run-facts.js';

/** Probability of a mean profit this high or higher, were the true one zero. */
export const pValue = defineMetric({
  id: 'pValue',
  title: 'p-value of mean profit',
  group: 'evidence',
  unit: 'ratio',
  needs: { trips: 3 * TRIPS_MIN },
  definition: 'Probability of a mean profit this high or higher, were the true one zero.',
  formula: '1 − Φ(√n × mean ÷ deviation) over trades, one-sided',
  source: 'central limit theorem; Φ to 1e-15',
  calculate: (facts) => {
    const pnls = facts.roundTrips.map(({ pnl }) => pnl);
    const scatter = deviation(pnls);
    return scatter > 0 ? upperTail((Math.sqrt(pnls.length) * mean(pnls)) / scatter) : NaN;
  },
});
