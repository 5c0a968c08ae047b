import { defineMetric } from './metric.js';
import { DAYS_MIN } from './run-facts.js';
import { luckiestSharpe, probabilityAbove } from './sharpe-evidence.js';

/** Probability that the true Sharpe ratio is above the best that pure luck would have found in as many trials. */
export const deflatedSharpe = defineMetric({
  id: 'deflatedSharpe',
  title: 'Deflated Sharpe',
  group: 'evidence',
  unit: 'ratio',
  needs: { days: DAYS_MIN },
  definition:
    'Probability that the true Sharpe ratio is above the best that pure luck would have found in as many trials.',
  formula:
    'probabilistic Sharpe above σ × ((1 − γ) Φ⁻¹(1 − 1/N) + γ Φ⁻¹(1 − 1/(N e))), σ the deviation of the daily Sharpe ratios of N trials, γ Euler’s constant; n/a for a single run',
  source: 'D. H. Bailey and M. López de Prado, "The Deflated Sharpe Ratio" (2014)',
  calculate: (facts) => (facts.trials === null ? NaN : probabilityAbove(facts, luckiestSharpe(facts.trials))),
});
