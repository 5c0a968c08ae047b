import { defineMetric } from './metric.js';
import { mean, quantileOf } from './moments.js';

/** How large the best days are beside the mean winning one. */
export const outlierWinRatio = defineMetric({
  id: 'outlierWinRatio',
  title: 'Outlier gains',
  group: 'risk',
  unit: 'number',
  needs: { days: 100 },
  definition: 'How large the best days are beside the mean winning one.',
  formula: '99 % quantile ÷ mean of the days at or above 0',
  source: 'quantstats outlier_win_ratio',
  calculate: (facts) => quantileOf(facts.days, 0.99) / mean(facts.days.filter((value) => value >= 0)),
});

/** How large the worst days are beside the mean losing one. */
export const outlierLossRatio = defineMetric({
  id: 'outlierLossRatio',
  title: 'Outlier losses',
  group: 'risk',
  unit: 'number',
  needs: { days: 100 },
  definition: 'How large the worst days are beside the mean losing one.',
  formula: '1 % quantile ÷ mean of the days below 0',
  source: 'quantstats outlier_loss_ratio',
  calculate: (facts) => quantileOf(facts.days, 0.01) / mean(facts.days.filter((value) => value < 0)),
});
