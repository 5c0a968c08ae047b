import { defineMetric } from './metric.js';
import { sum } from './moments.js';

/** Share of time spent below an earlier peak. */
export const underwaterShare = defineMetric({
  id: 'underwaterShare',
  title: 'Time under water',
  group: 'drawdown',
  unit: 'ratio',
  needs: { points: 1 },
  definition: 'Share of time spent below an earlier peak.',
  formula: 'Σ(recovered − peak) ÷ time from the open of the first candle to the last point',
  source: 'Wickworks',
  calculate: (facts) => sum(facts.drawdowns.map(({ durationMs }) => durationMs)) / facts.spanMs,
});
