import { defineMetric } from './metric.js';

/** How far equity lies below its peak at the end. */
export const currentDrawdown = defineMetric({
  id: 'currentDrawdown',
  title: 'Drawdown at the end',
  group: 'drawdown',
  unit: 'ratio',
  needs: { points: 1 },
  definition: 'How far equity lies below its peak at the end.',
  formula: '1 − last equity ÷ highest equity',
  source: 'Wickworks',
  calculate: (facts) => {
    const last = facts.drawdowns.at(-1);
    return last?.recoveredMs === null ? 1 - facts.finalEquity / last.peak : 0;
  },
});
