import { defineMetric } from './metric.js';

/** Deepest fall of equity below an earlier peak. */
export const maxDrawdown = defineMetric({
  id: 'maxDrawdown',
  title: 'Deepest drawdown',
  group: 'drawdown',
  unit: 'ratio',
  needs: { points: 1 },
  definition: 'Deepest fall of equity below an earlier peak.',
  formula: 'max over time of 1 − equity ÷ highest equity so far (the deposit counts)',
  source: 'quantstats max_drawdown',
  calculate: (facts) => facts.drawdowns.reduce((deepest, { depthRatio }) => Math.max(deepest, depthRatio), 0),
});

/** Largest fall of equity below an earlier peak, in money. */
export const maxDrawdownQuote = defineMetric({
  id: 'maxDrawdownQuote',
  title: 'Largest fall',
  group: 'drawdown',
  unit: 'quote',
  needs: { points: 1 },
  definition: 'Largest fall of equity below an earlier peak, in money.',
  formula: 'max over drawdowns of peak − lowest',
  source: 'freqtrade absolute drawdown',
  calculate: (facts) => facts.drawdowns.reduce((most, { depthQuote }) => Math.max(most, depthQuote), 0),
});
