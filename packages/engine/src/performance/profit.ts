import { defineMetric } from './metric.js';
import { sum } from './moments.js';

/** Profit of all winning trades. */
export const grossProfit = defineMetric({
  id: 'grossProfit',
  title: 'Gross profit',
  group: 'trades',
  unit: 'quote',
  needs: {},
  definition: 'Profit of all winning trades.',
  formula: 'Σ profit above 0',
  source: 'Jesse gross_profit',
  calculate: (facts) => sum(facts.wins),
});

/** Loss of all losing trades, a negative number. */
export const grossLoss = defineMetric({
  id: 'grossLoss',
  title: 'Gross loss',
  group: 'trades',
  unit: 'quote',
  needs: {},
  definition: 'Loss of all losing trades, a negative number.',
  formula: 'Σ profit below 0',
  source: 'Jesse gross_loss',
  calculate: (facts) => sum(facts.losses),
});
