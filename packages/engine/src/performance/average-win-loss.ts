import { defineMetric } from './metric.js';
import { mean } from './moments.js';
import { TRIPS_MIN } from './run-facts.js';

/** Mean profit of a finished trade. */
export const expectancyQuote = defineMetric({
  id: 'expectancyQuote',
  title: 'Mean profit',
  group: 'trades',
  unit: 'quote',
  needs: { trips: TRIPS_MIN },
  definition: 'Mean profit of a finished trade.',
  formula: 'mean(profit)',
  source: 'Jesse expectancy; freqtrade expectancy',
  calculate: (facts) => mean(facts.roundTrips.map(({ pnl }) => pnl)),
});

/** Mean profit of the winning trades. */
export const averageWin = defineMetric({
  id: 'averageWin',
  title: 'Mean win',
  group: 'trades',
  unit: 'quote',
  needs: { trips: TRIPS_MIN },
  definition: 'Mean profit of the winning trades.',
  formula: 'mean(profit above 0)',
  source: 'Jesse average_win; Lean',
  calculate: (facts) => mean(facts.wins),
});

/** Mean result of the losing trades, a negative number. */
export const averageLoss = defineMetric({
  id: 'averageLoss',
  title: 'Mean loss',
  group: 'trades',
  unit: 'quote',
  needs: { trips: TRIPS_MIN },
  definition: 'Mean result of the losing trades, a negative number.',
  formula: 'mean(profit below 0)',
  source: 'Jesse average_loss; Lean',
  calculate: (facts) => mean(facts.losses),
});

/** Mean win per mean loss. */
export const payoffRatio = defineMetric({
  id: 'payoffRatio',
  title: 'Payoff ratio',
  group: 'trades',
  unit: 'number',
  needs: { trips: TRIPS_MIN },
  definition: 'Mean win per mean loss.',
  formula: 'mean win ÷ |mean loss|',
  source: 'quantstats payoff_ratio; Lean Profit-Loss Ratio; Jesse ratio_avg_win_loss',
  calculate: (facts) => mean(facts.wins) / -mean(facts.losses),
});
