import { defineMetric } from './metric.js';
import { payoffRatio } from './average-win-loss.js';
import { profitFactor } from './profit-factor.js';
import { TRIPS_MIN } from './run-facts.js';
import { winRatio } from './win-ratio.js';

/** Profit factor × win rate × payoff ratio; above 1.2 is called good. */
export const cpcIndex = defineMetric({
  id: 'cpcIndex',
  title: 'CPC index',
  group: 'trades',
  unit: 'number',
  needs: { trips: TRIPS_MIN },
  definition: 'Profit factor × win rate × payoff ratio; above 1.2 is called good.',
  formula: 'profit factor × win rate × payoff ratio',
  source: 'quantstats cpc_index',
  calculate: (facts) => profitFactor.calculate(facts) * winRatio.calculate(facts) * payoffRatio.calculate(facts),
});
