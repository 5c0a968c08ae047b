import { defineMetric } from './metric.js';
import { extremesOf, mean } from './moments.js';

/** How far at most the price went against a trade. */
export const largestAdverse = defineMetric({
  id: 'largestAdverse',
  title: 'Largest adverse excursion',
  group: 'trades',
  unit: 'ratio',
  needs: { trips: 1 },
  definition: 'How far at most the price went against a trade.',
  formula: 'max(MAE)',
  source: 'Lean LargestMAE (in money)',
  calculate: (facts) => extremesOf(facts.excursions.map(({ adverseRatio }) => adverseRatio))[1],
});

/** How far at most the price went for a trade. */
export const largestFavourable = defineMetric({
  id: 'largestFavourable',
  title: 'Largest favourable excursion',
  group: 'trades',
  unit: 'ratio',
  needs: { trips: 1 },
  definition: 'How far at most the price went for a trade.',
  formula: 'max(MFE)',
  source: 'Lean LargestMFE (in money)',
  calculate: (facts) => extremesOf(facts.excursions.map(({ favourableRatio }) => favourableRatio))[1],
});

/** How much of their best moment the trades gave back until their exit, costs included. */
export const meanGiveBack = defineMetric({
  id: 'meanGiveBack',
  title: 'Given back',
  group: 'trades',
  unit: 'ratio',
  needs: { trips: 1 },
  definition: 'How much of their best moment the trades gave back until their exit, costs included.',
  formula: 'mean(MFE − profit ÷ notional entered)',
  source: 'Lean AverageEndTradeDrawdown (in money)',
  calculate: (facts) =>
    mean(facts.roundTrips.map(({ returnRatio }, i) => (facts.excursions[i]?.favourableRatio ?? NaN) - returnRatio)),
});
