import { defineMetric } from './metric.js';

/** What the account gained over the whole run, as a share of the deposit. */
export const totalReturn = defineMetric({
  id: 'totalReturn',
  title: 'Total return',
  group: 'return',
  unit: 'ratio',
  needs: { points: 1 },
  definition: 'What the account gained over the whole run, as a share of the deposit.',
  formula: 'last equity ÷ deposit − 1',
  source: 'quantstats comp; Lean Net Profit',
  calculate: (facts) => facts.finalEquity / facts.cash - 1,
});
