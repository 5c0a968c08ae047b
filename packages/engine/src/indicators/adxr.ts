import { defineIndicator, line, talib } from './define.js';
import { mapLag } from './kernel/arithmetic.js';
import { averageDirectionalIndex } from './kernel/directional.js';
import { period } from './params.js';

export const adxrIndicator = defineIndicator({
  id: 'adxr',
  title: 'Average Directional Index Rating',
  group: 'trend',
  params: { period: period(14) },
  outputs: { adxr: line('ADXR') },
  levels: [25],
  formula: 'Mean of the ADX now and `period − 1` candles ago, Wilder 1978.',
  talib: talib('ADXR', { timePeriod: 'period' }),
  create: (g, p) => ({
    adxr: mapLag(g, averageDirectionalIndex(g, p.period), p.period - 1, (now, then) => (now + then) / 2),
  }),
});
