import { defineMetric } from './metric.js';
import { deviation, drawdownsOfReturns, mean, sum } from './moments.js';
import { NORMAL_SHORTFALL_5_PERCENT } from './normal.js';
import { DAYS_MIN } from './run-facts.js';

/** Return per unit of drawdown, both its depth and its worst stretch. */
export const serenity = defineMetric({
  id: 'serenity',
  title: 'Serenity index',
  group: 'risk',
  unit: 'number',
  needs: { days: DAYS_MIN },
  definition: 'Return per unit of drawdown, both its depth and its worst stretch.',
  formula:
    'Σ r ÷ (ulcer index of the days × pitfall), pitfall = −CVaR(drawdowns) ÷ deviation(r), CVaR being the mean drawdown less 2.0627 deviations (expected shortfall of a normal distribution beyond 95 %)',
  source: 'KeyQuant, "Serenity Ratio"; quantstats serenity_index; Jesse',
  calculate: (facts) => {
    const depths = drawdownsOfReturns(facts.days);
    const ulcer = Math.sqrt(sum(depths.map((depth) => depth ** 2)) / (depths.length - 1));
    const shortfall = mean(depths) - NORMAL_SHORTFALL_5_PERCENT * deviation(depths);
    const pitfall = -shortfall / deviation(facts.days);
    return sum(facts.days) / (ulcer * pitfall);
  },
});
