import { defineMetric } from './metric.js';
import { mean } from './moments.js';
import { DAYS_MIN } from './run-facts.js';

/** Value of all fills, buys and sells. */
export const tradedNotional = defineMetric({
  id: 'tradedNotional',
  title: 'Traded volume',
  group: 'costs',
  unit: 'quote',
  needs: {},
  definition: 'Value of all fills, buys and sells.',
  formula: 'Σ price × quantity',
  source: 'freqtrade Total trade volume',
  calculate: (facts) => facts.costs.notional,
});

/** How many times a year the account’s mean equity was bought and sold. */
export const turnoverPerYear = defineMetric({
  id: 'turnoverPerYear',
  title: 'Turnover a year',
  group: 'costs',
  unit: 'number',
  needs: { days: DAYS_MIN },
  definition: 'How many times a year the account’s mean equity was bought and sold.',
  formula: 'traded volume ÷ mean(equity) ÷ years',
  source: 'Lean Portfolio Turnover (daily there)',
  calculate: (facts) => {
    const equity = mean(facts.equity);
    return equity > 0 ? facts.costs.notional / equity / facts.years : NaN;
  },
});
