import { defineMetric } from './metric.js';
import { TRIPS_MIN } from './run-facts.js';

/** Chance of losing everything, were wins and losses of equal size. */
export const riskOfRuin = defineMetric({
  id: 'riskOfRuin',
  title: 'Risk of ruin',
  group: 'trades',
  unit: 'ratio',
  needs: { trips: TRIPS_MIN },
  definition: 'Chance of losing everything, were wins and losses of equal size.',
  formula: '((1 − p) ÷ (1 + p))^trades, p the win rate',
  source: 'quantstats risk_of_ruin',
  calculate: (facts) => {
    const winShare = facts.wins.length / facts.roundTrips.length;
    return ((1 - winShare) / (1 + winShare)) ** facts.roundTrips.length;
  },
});
