import { defineMetric } from './metric.js';
import { payoffRatio } from './average-win-loss.js';
import { TRIPS_MIN } from './run-facts.js';

/** Mean profit in units of the mean loss. */
export const expectancyRatio = defineMetric({
  id: 'expectancyRatio',
  title: 'Expectancy per risk',
  group: 'trades',
  unit: 'number',
  needs: { trips: TRIPS_MIN },
  definition: 'Mean profit in units of the mean loss.',
  formula: '(1 + payoff ratio) × win rate − 1',
  source: 'freqtrade Expectancy (Ratio)',
  calculate: (facts) => {
    const winShare = facts.wins.length / facts.roundTrips.length;
    return (1 + payoffRatio.calculate(facts)) * winShare - 1;
  },
});
