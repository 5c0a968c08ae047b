import { defineMetric } from './metric.js';
import { payoffRatio } from './average-win-loss.js';
import { TRIPS_MIN } from './run-facts.js';

/** Share of the account that would grow it fastest, were the future like these trades; below 0: do not trade. */
export const kelly = defineMetric({
  id: 'kelly',
  title: 'Kelly fraction',
  group: 'trades',
  unit: 'ratio',
  needs: { trips: TRIPS_MIN },
  definition:
    'Share of the account that would grow it fastest, were the future like these trades; below 0: do not trade.',
  formula: 'p − (1 − p) ÷ (mean win ÷ |mean loss|), p the win rate',
  source: 'J. L. Kelly (1956), two outcomes; quantstats kelly_criterion',
  calculate: (facts) => {
    const winShare = facts.wins.length / facts.roundTrips.length;
    return winShare - (1 - winShare) / payoffRatio.calculate(facts);
  },
});
