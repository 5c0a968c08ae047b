import { defineMetric } from './metric.js';
import { mean } from './moments.js';
import { TRIPS_MIN } from './run-facts.js';

/** How far, on average, the price went against a trade. */
export const meanAdverse = defineMetric({
  id: 'meanAdverse',
  title: 'Mean adverse excursion',
  group: 'trades',
  unit: 'ratio',
  needs: { trips: 1 },
  definition: 'How far, on average, the price went against a trade.',
  formula: 'mean(MAE), from the lows (highs) of the candles of entry to exit',
  source: 'J. Sweeney, "Maximum Adverse Excursion" (1996)',
  calculate: (facts) => mean(facts.excursions.map(({ adverseRatio }) => adverseRatio)),
});

/** How far, on average, the price went for a trade. */
export const meanFavourable = defineMetric({
  id: 'meanFavourable',
  title: 'Mean favourable excursion',
  group: 'trades',
  unit: 'ratio',
  needs: { trips: 1 },
  definition: 'How far, on average, the price went for a trade.',
  formula: 'mean(MFE), from the highs (lows) of the candles of entry to exit',
  source: 'J. Sweeney, "Maximum Adverse Excursion" (1996)',
  calculate: (facts) => mean(facts.excursions.map(({ favourableRatio }) => favourableRatio)),
});

/** How far the price went for the trades per how far it went against them. */
export const edgeRatio = defineMetric({
  id: 'edgeRatio',
  title: 'Edge ratio',
  group: 'trades',
  unit: 'number',
  needs: { trips: TRIPS_MIN },
  definition: 'How far the price went for the trades per how far it went against them.',
  formula: 'mean(MFE) ÷ mean(MAE)',
  source: 'C. Faith, "Way of the Turtle" (2007), without the division by ATR',
  calculate: (facts) => meanFavourable.calculate(facts) / meanAdverse.calculate(facts),
});
