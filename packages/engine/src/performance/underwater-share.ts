import { defineMetric } from './metric.js';
import { sum } from './moments.js';

/** Share of time spent below an earlier peak. */
export const underwaterShare = defineMetric({
  id: 'underwaterShare',
  title: 'Time under water',
  group: 'drawdown',
  unit: 'ratio',
  needs: { points: 2 },
  definition: 'Share of time spent below an earlier peak.',
  formula: 'Σ(recovered − peak) ÷ time between first and last point',
  source: 'own',
  calculate: (facts) => sum(facts.drawdowns.map(({ durationMs }) => durationMs)) / facts.spanMs,
});
