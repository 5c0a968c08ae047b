import { defineIndicator, line, talib } from './define.js';
import { indexOfMax, indexOfMin, sinceExtreme } from './kernel/window-extremes.js';
import { period } from './params.js';

export const aroonIndicator = defineIndicator({
  id: 'aroon',
  title: 'Aroon',
  group: 'trend',
  params: { period: period(14) },
  outputs: { down: line('Down', 'down'), up: line('Up', 'up') },
  levels: [30, 70],
  formula: '100 · (period − candles since the extreme) / period over `period + 1` candles, Chande 1995.',
  talib: talib('AROON', { timePeriod: 'period' }),
  create: (g, p) => ({
    down: sinceExtreme(g, indexOfMin(g, g.low, p.period + 1, 'latest'), p.period),
    up: sinceExtreme(g, indexOfMax(g, g.high, p.period + 1, 'latest'), p.period),
  }),
});
