import { defineMetric } from './metric.js';
import { DAYS_MIN } from './run-facts.js';
import { probabilityAbove } from './sharpe-evidence.js';

/** Probability that the true Sharpe ratio is above zero, skew and fat tails counted. */
export const probabilisticSharpe = defineMetric({
  id: 'probabilisticSharpe',
  title: 'Probabilistic Sharpe',
  group: 'evidence',
  unit: 'ratio',
  needs: { days: DAYS_MIN },
  definition: 'Probability that the true Sharpe ratio is above zero, skew and fat tails counted.',
  formula:
    'Φ(SR √(n − 1) ÷ √(1 − skew × SR + (kurtosis − 1)/4 × SR²)), SR of daily returns, kurtosis 3 for a normal distribution',
  source: 'D. H. Bailey and M. López de Prado, "The Sharpe Ratio Efficient Frontier" (2012)',
  calculate: (facts) => probabilityAbove(facts, 0),
});
