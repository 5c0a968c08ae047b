import { defineMetric } from './metric.js';
import type { Drawdown } from './drawdowns.js';

/** Time from the lowest point of the deepest drawdown back to its peak; n/a while it is not back. */
export const recoveryMs = defineMetric({
  id: 'recoveryMs',
  title: 'Recovery of the deepest',
  group: 'drawdown',
  unit: 'ms',
  needs: {},
  definition: 'Time from the lowest point of the deepest drawdown back to its peak; n/a while it is not back.',
  formula: 'recovered − trough of the deepest drawdown',
  source: 'Lean Drawdown Recovery',
  calculate: (facts) => {
    const deepest = facts.drawdowns.reduce<Drawdown | null>(
      (most, one) => (most === null || one.depthRatio > most.depthRatio ? one : most),
      null,
    );
    const recoveredMs = deepest?.recoveredMs ?? null;
    return deepest === null || recoveredMs === null ? NaN : recoveredMs - deepest.troughMs;
  },
});
