import { defineIndicator, line, talib } from './define.js';
import { map2 } from './kernel/arithmetic.js';
import { indexOfMax, indexOfMin } from './kernel/window-extremes.js';
import { period } from './params.js';

export const aroonoscIndicator = defineIndicator({
  id: 'aroonosc',
  title: 'Aroon Oscillator',
  group: 'trend',
  params: { period: period(14) },
  outputs: { aroonosc: line('Aroon oscillator') },
  levels: [-50, 0, 50],
  formula: 'Aroon up − Aroon down, Chande 1995.',
  talib: talib('AROONOSC', { timePeriod: 'period' }),
  create: (g, p) => ({
    aroonosc: map2(
      g,
      indexOfMax(g, g.high, p.period + 1, 'latest'),
      indexOfMin(g, g.low, p.period + 1, 'latest'),
      (top, bottom) => (100 * (top - bottom)) / p.period,
    ),
  }),
});
