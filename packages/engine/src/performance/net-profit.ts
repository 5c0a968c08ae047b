import { defineMetric } from './metric.js';

/** What the account gained over the whole run, open positions at the last price. */
export const netProfit = defineMetric({
  id: 'netProfit',
  title: 'Net profit',
  group: 'return',
  unit: 'quote',
  needs: { points: 1 },
  definition: 'What the account gained over the whole run, open positions at the last price.',
  formula: 'last equity − deposit',
  source: 'freqtrade absolute profit; Jesse net_profit',
  calculate: (facts) => facts.finalEquity - facts.cash,
});
